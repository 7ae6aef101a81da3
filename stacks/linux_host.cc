// SPDX-License-Identifier: Apache-2.0
#include "stacks/linux_host.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/utsname.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "stacks/handshake.h"
#include "stacks/sysctls.h"
#include "stacks/system_error.h"

namespace finwait {
namespace {

constexpr uint16_t kLocalPort = 7531;
constexpr uint32_t kFirstPeerPort = 1024;
constexpr uint32_t kPeerPorts = 65536 - kFirstPeerPort;
constexpr uint32_t kPeerHosts = 254;  // 198.51.100.1 to .254.
constexpr int kSocketsAtATime = 256;  // Made by one visit to the namespace.
constexpr size_t kDepartedMax = 16384;
constexpr int kHandshakesMax = 3;  // On a busy machine the peer may come too late to one.

FourTuple Listening() { return FourTuple{.peer = kPeerNetwork, .local_port = kLocalPort}; }

}  // namespace

struct LinuxHost::Parts {
  NetworkNamespace network;
  std::optional<Tun> tun;
  Descriptor listener;
  std::optional<SockDiag> diag;
  std::optional<MibFiles> mib;

  // On a thread inside the namespace.
  absl::Status Make(const Environment& environment) {
    if (absl::Status status = SetSysctls(environment); !status.ok()) return status;
    absl::StatusOr<Tun> opened = Tun::Open();
    if (!opened.ok()) return opened.status();
    tun.emplace(*std::move(opened));
    absl::StatusOr<Descriptor> listening = Listen(kLocalPort);
    if (!listening.ok()) return listening.status();
    listener = *std::move(listening);
    absl::StatusOr<SockDiag> asking = SockDiag::Open(Listening());
    if (!asking.ok()) return asking.status();
    diag.emplace(*std::move(asking));
    absl::StatusOr<MibFiles> counters = MibFiles::Open();
    if (!counters.ok()) return counters.status();
    mib.emplace(*std::move(counters));
    return absl::OkStatus();
  }
};

std::string KernelRelease() {
  utsname name{};
  return uname(&name) == 0 ? name.release : "unknown";
}

LinuxHost::LinuxHost(Parts parts)
    : namespace_(std::move(parts.network)),
      peer_(*std::move(parts.tun)),
      listener_(std::move(parts.listener)),
      diag_(*std::move(parts.diag)),
      mib_(*std::move(parts.mib)) {}

absl::StatusOr<std::unique_ptr<LinuxHost>> LinuxHost::Open(const Environment& environment) {
  // First, since without the device there is no reason to enter a namespace.
  if (absl::Status status = Tun::Check(); !status.ok()) return status;
  absl::StatusOr<NetworkNamespace> network = NetworkNamespace::Create();
  if (!network.ok()) return network.status();
  Parts parts{.network = *std::move(network), .tun = {}, .listener = {}, .diag = {}, .mib = {}};
  const absl::Status status =
      parts.network.Run([&parts, &environment] { return parts.Make(environment); });
  if (!status.ok()) return status;
  return std::unique_ptr<LinuxHost>(new LinuxHost(std::move(parts)));
}

// A failing Release has nobody left to tell; the namespace ends with its descriptors anyway.
LinuxHost::~LinuxHost() { Release().IgnoreError(); }

std::string LinuxHost::Name() const { return absl::StrCat("host linux ", KernelRelease()); }

// Each connection has a peer port of its own, and after 64 k of them the next peer address.
FourTuple LinuxHost::NextAddresses() {
  const uint32_t number = connections_++;
  FourTuple addresses = Listening();
  addresses.peer = kPeerNetwork + 1 + number / kPeerPorts % kPeerHosts;
  addresses.peer_port = static_cast<uint16_t>(kFirstPeerPort + number % kPeerPorts);
  return addresses;
}

// A socket belongs to the namespace of the thread that makes it, and entering the namespace takes a
// thread: so they are made in advance.
absl::StatusOr<Descriptor> LinuxHost::TakeSocket() {
  if (spare_sockets_.empty()) {
    const absl::Status status = namespace_.Run([this] {
      for (int i = 0; i < kSocketsAtATime; ++i) {
        Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
        if (!socket.open()) return SystemError("socket", errno);
        spare_sockets_.push_back(std::move(socket));
      }
      return absl::OkStatus();
    });
    if (!status.ok()) return status;
  }
  Descriptor socket = std::move(spare_sockets_.back());
  spare_sockets_.pop_back();
  return socket;
}

absl::StatusOr<Descriptor> LinuxHost::Connect(const Connection& connection) {
  const FourTuple addresses = NextAddresses();
  if (connection.opener == Opener::kPassive) {
    peer_.Meet(addresses);
    return OpenPassively(listener_, connection, peer_);
  }
  absl::StatusOr<Descriptor> socket = TakeSocket();
  if (!socket.ok()) return socket.status();
  return OpenActively(*std::move(socket), addresses, connection, peer_);
}

absl::StatusOr<Terms> LinuxHost::Establish(const Connection& connection) {
  if (absl::Status status = Release(); !status.ok()) return status;
  absl::StatusOr<Descriptor> socket = Connect(connection);
  for (int i = 1; i < kHandshakesMax && absl::IsAborted(socket.status()); ++i) {
    if (absl::Status status = peer_.Kill(); !status.ok()) return status;
    socket = Connect(connection);
  }
  if (!socket.ok()) return socket.status();
  established_ = std::chrono::steady_clock::now();
  connected_ = true;
  gone_ = false;
  closed_.reset();
  close_may_sleep_ = connection.linger_on && connection.linger_s > 0;
  absl::Status status = absl::OkStatus();
  if (connection.linger_on) status = SetLinger(*socket, connection.linger_s);
  if (status.ok() && connection.linger2_s != 0) status = SetLinger2(*socket, connection.linger2_s);
  user_ = UserSocket(*std::move(socket), connection.next, connection.peer_next);
  if (!status.ok()) return status;
  const SynOptions& syn = peer_.kernel_syn();
  return Terms{
      .window = peer_.kernel_syn_window(), .mss = syn.mss, .wscale = syn.wscale.value_or(0)};
}

absl::Status LinuxHost::SettleCloser() const {
  return closer_.has_value() ? closer_->Settle() : absl::OkStatus();
}

absl::Status LinuxHost::Inject(const Segment& segment) {
  if (!connected_) return absl::FailedPreconditionError("no connection");
  gone_ = false;
  if (absl::Status status = peer_.Send(segment); !status.ok()) return status;
  return SettleCloser();
}

absl::StatusOr<CallResult> LinuxHost::Close() {
  if (!user_.open()) return absl::FailedPreconditionError("close() after close()");
  if (!close_may_sleep_) {
    user_.Close();
    closed_ = std::chrono::steady_clock::now();
    return CallResult{.returned = true};
  }
  closer_.emplace(user_.Detach());
  if (absl::Status status = closer_->Settle(); !status.ok()) return status;
  return CallResult{.returned = closer_->returned()};
}

absl::StatusOr<CallResult> LinuxHost::Invoke(const Event& call) {
  if (!connected_) return absl::FailedPreconditionError("no connection");
  gone_ = false;
  return call.kind == EventKind::kClose ? Close() : user_.Call(call);
}

absl::Status LinuxHost::Drain() {
  if (!connected_) return absl::FailedPreconditionError("no connection");
  while (departed_.size() < kDepartedMax) {
    const absl::StatusOr<std::optional<Segment>> segment = peer_.Receive();
    if (!segment.ok()) return segment.status();
    if (!segment->has_value()) return absl::OkStatus();
    departed_.push_back(Departure{.at = Elapsed(), .segment = **segment});
  }
  return absl::ResourceExhaustedError("the kernel never stops sending");
}

absl::Status LinuxHost::AdvanceTo(Time t) {
  const SteadyTime deadline = established_ + SinceStart(t);
  while (true) {  // Ends: time passes, and Drain bounds what comes meanwhile.
    if (absl::Status status = Drain(); !status.ok()) return status;
    if (std::chrono::steady_clock::now() >= deadline) return SettleCloser();
    if (absl::Status status = peer_.Await(deadline); !status.ok()) return status;
  }
}

absl::StatusOr<std::vector<Departure>> LinuxHost::Collect() {
  if (absl::Status status = Drain(); !status.ok()) return status;
  return std::exchange(departed_, {});
}

absl::StatusOr<State> LinuxHost::ObserveState() {
  if (!connected_) return State::kClosed;
  if (absl::Status status = SettleCloser(); !status.ok()) return status;
  if (user_.open()) {
    absl::StatusOr<State> state = user_.SocketState();
    if (!state.ok() || *state != State::kClosed) return state;
  }
  absl::StatusOr<State> state = diag_.Lookup(peer_.addresses());
  gone_ = state.ok() && *state == State::kClosed && !closer_.has_value();
  return state;
}

// While the descriptor is open and the socket behind it alive, a close() of a socket under repair
// ends both. What lives on without a descriptor, a timewait minisock or an orphan, the peer must
// kill.
absl::Status LinuxHost::Release() {
  if (!std::exchange(connected_, false)) return absl::OkStatus();
  departed_.clear();
  bool orphan = true;
  if (user_.open()) {
    absl::StatusOr<State> state = user_.SocketState();
    orphan = !state.ok() || *state == State::kClosed;
    const Descriptor socket = user_.Detach();
    if (absl::Status status = SetRepair(socket); !status.ok()) return status;
  }
  absl::Status killed = orphan && !gone_ ? peer_.Kill() : absl::OkStatus();
  closer_.reset();  // Waits for a close() that slept; the reset has woken it.
  return killed;
}

}  // namespace finwait
