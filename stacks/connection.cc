// SPDX-License-Identifier: Apache-2.0
#include "stacks/connection.h"

#include <algorithm>

namespace finwait {

int16_t Linger2(int seconds) { return static_cast<int16_t>(std::clamp(seconds, -1, 120)); }

namespace {

Opening OpeningOf(const Connection& connection, const Terms& terms) {
  Opening opening;
  opening.snd_nxt = connection.next;
  opening.rcv_nxt = connection.peer_next;
  opening.opener = connection.opener;
  opening.rtt = connection.rtt;
  // The last segment of a passive open is scaled, the SYN-ACK that ends an active one is not.
  opening.peer_window = connection.peer_window;
  opening.mss = connection.peer_mss;
  opening.window = terms.window;
  opening.options = connection.options;
  if (opening.options.window_scaling) opening.options.rcv_wscale = terms.wscale;
  return opening;
}

}  // namespace

Endpoint StartOf(const Connection& connection, const Terms& terms, const Host& host) {
  Endpoint end = Established(OpeningOf(connection, terms), host);
  if (connection.opener == Opener::kActive && connection.options.window_scaling) {
    end.socket.snd_wnd = end.socket.max_window = connection.peer_window;
    // Our last segment was scaled too, and a window is never rounded down.
    const uint32_t unit = 1U << end.socket.options.rcv_wscale;
    end.socket.rcv_wnd = (end.socket.rcv_wnd + unit - 1U) / unit * unit;
    end.socket.rcv_edge_max = end.socket.RcvEdge();
  }
  end.linger_on = connection.linger_on;
  end.linger_s = connection.linger_s;
  end.linger2_s = Linger2(connection.linger2_s);
  end.listener = connection.opener == Opener::kPassive;
  return end;
}

}  // namespace finwait
