// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "diff/matrix.h"

namespace finwait {
namespace {

using enum State;

constexpr std::array kStarts = {
    MatrixStart{kEstablished, "< . 1:1(0) ack 1 win 64240"},
    MatrixStart{kEstablished, "< . 1:11(10) ack 1 win 64240"},
    MatrixStart{kEstablished, "< . 1:11(10) ack 1 win 64240; recv()"},
    MatrixStart{kEstablished, "send(9)"},
    MatrixStart{kEstablished, "send(9); < . 1:1(0) ack 10 win 64240"},
    MatrixStart{kEstablished, "< . 1:1(0) ack 1 win 0; send(9)"},
    MatrixStart{kEstablished, "< . 11:21(10) ack 1 win 64240"},
    MatrixStart{kEstablished, "< F. 11:21(10) ack 1 win 64240"},
    MatrixStart{kEstablished, "shutdown(SHUT_RD)"},

    MatrixStart{kFinWait1, "shutdown(SHUT_WR)"},
    MatrixStart{kFinWait1, "shutdown(SHUT_RDWR)"},
    MatrixStart{kFinWait1, "close()"},
    MatrixStart{kFinWait1, "send(9); shutdown(SHUT_WR)"},
    MatrixStart{kFinWait1, "send(9); close()"},
    MatrixStart{kFinWait1, "< . 1:11(10) ack 1 win 64240; shutdown(SHUT_WR)"},
    MatrixStart{kFinWait1, "< . 11:21(10) ack 1 win 64240; shutdown(SHUT_WR)"},
    MatrixStart{kFinWait1, "< F. 11:21(10) ack 1 win 64240; shutdown(SHUT_WR)"},
    MatrixStart{kFinWait1, "< . 1:1(0) ack 1 win 0; shutdown(SHUT_WR)"},

    MatrixStart{kFinWait2, "shutdown(SHUT_WR); < . 1:1(0) ack 2 win 64240"},
    MatrixStart{kFinWait2, "shutdown(SHUT_RDWR); < . 1:1(0) ack 2 win 64240"},
    MatrixStart{kFinWait2, "close(); < . 1:1(0) ack 2 win 64240"},
    MatrixStart{kFinWait2, "shutdown(SHUT_WR); < . 1:1(0) ack 2 win 64240; close()"},
    MatrixStart{kFinWait2, "send(9); shutdown(SHUT_WR); < . 1:1(0) ack 11 win 64240"},
    MatrixStart{kFinWait2, "shutdown(SHUT_WR); < . 1:11(10) ack 2 win 64240"},
    MatrixStart{kFinWait2, "shutdown(SHUT_WR); < . 11:21(10) ack 2 win 64240"},
    MatrixStart{kFinWait2, "shutdown(SHUT_WR); < F. 11:21(10) ack 2 win 64240"},

    MatrixStart{kClosing, "shutdown(SHUT_WR); < F. 1:1(0) ack 1 win 64240"},
    MatrixStart{kClosing, "shutdown(SHUT_WR); < F. 1:11(10) ack 1 win 64240"},
    MatrixStart{kClosing, "shutdown(SHUT_RDWR); < F. 1:1(0) ack 1 win 64240"},
    MatrixStart{kClosing, "close(); < F. 1:1(0) ack 1 win 64240"},
    MatrixStart{kClosing, "send(9); close(); < F. 1:1(0) ack 1 win 64240"},

    MatrixStart{kCloseWait, "< F. 1:1(0) ack 1 win 64240"},
    MatrixStart{kCloseWait, "< F. 1:11(10) ack 1 win 64240"},
    MatrixStart{kCloseWait, "< F. 1:11(10) ack 1 win 64240; recv()"},
    MatrixStart{kCloseWait, "< F. 1:1(0) ack 1 win 64240; send(9)"},
    MatrixStart{kCloseWait, "shutdown(SHUT_RD); < F. 1:1(0) ack 1 win 64240"},

    MatrixStart{kLastAck, "< F. 1:1(0) ack 1 win 64240; shutdown(SHUT_WR)"},
    MatrixStart{kLastAck, "< F. 1:11(10) ack 1 win 64240; shutdown(SHUT_RDWR)"},
    MatrixStart{kLastAck, "< F. 1:1(0) ack 1 win 64240; close()"},
    MatrixStart{kLastAck, "< F. 1:1(0) ack 1 win 64240; send(9); close()"},

    MatrixStart{kTimeWait,
                "shutdown(SHUT_WR); < . 1:1(0) ack 2 win 64240; < F. 1:1(0) ack 2 win 64240"},
    MatrixStart{kTimeWait, "shutdown(SHUT_WR); < F. 1:11(10) ack 2 win 64240"},
    MatrixStart{kTimeWait, "close(); < . 1:1(0) ack 2 win 64240; < F. 1:1(0) ack 2 win 64240"},
    MatrixStart{kTimeWait, "close(); < F. 1:1(0) ack 1 win 64240; < . 2:2(0) ack 2 win 64240"},

    MatrixStart{kClosed, "< R 1:1(0)"},
    MatrixStart{kClosed, "< . 1:11(10) ack 1 win 64240; < R 11:11(0)"},
    MatrixStart{kClosed, "< F. 1:1(0) ack 1 win 64240; < R 2:2(0)"},
    MatrixStart{kClosed,
                "< F. 1:1(0) ack 1 win 64240; shutdown(SHUT_WR); < . 2:2(0) ack 2 win 64240"},
    MatrixStart{kClosed, "< F. 1:1(0) ack 1 win 64240; close(); < . 2:2(0) ack 2 win 64240"},
    MatrixStart{kClosed, "< . 1:11(10) ack 1 win 64240; close()"},
};

}  // namespace

std::span<const MatrixStart> MatrixStarts() { return kStarts; }

}  // namespace finwait
