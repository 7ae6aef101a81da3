// SPDX-License-Identifier: Apache-2.0
#include "stacks/packet.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <vector>

namespace finwait {
namespace {

template <typename T>
T AnyOf() {
  return *rc::gen::arbitrary<T>();
}

// Those of a SYN, or those of a later segment; all of them do not fit one header.
void AddAnyOptions(TcpPacket& packet) {
  packet.segment.timestamps = AnyOf<bool>();
  if (packet.segment.timestamps) {
    packet.segment.tsval = AnyOf<uint32_t>();
    packet.segment.tsecr = AnyOf<uint32_t>();
  }
  if (AnyOf<bool>()) {
    packet.syn.mss = AnyOf<uint16_t>();
    packet.syn.sack_permitted = AnyOf<bool>();
    if (AnyOf<bool>()) packet.syn.wscale = AnyOf<uint8_t>();
    return;
  }
  const int blocks = *rc::gen::inRange(0, packet.segment.timestamps ? 4 : 5);
  for (int i = 0; i < blocks; ++i) {
    packet.segment.sack.PushBack({SeqNum{AnyOf<uint32_t>()}, SeqNum{AnyOf<uint32_t>()}});
  }
}

TcpPacket AnyPacket() {
  TcpPacket packet;
  packet.source = AnyOf<uint32_t>();
  packet.destination = AnyOf<uint32_t>();
  packet.source_port = AnyOf<uint16_t>();
  packet.destination_port = AnyOf<uint16_t>();
  AddAnyOptions(packet);
  packet.segment.seq = SeqNum{AnyOf<uint32_t>()};
  packet.segment.len = *rc::gen::inRange<uint16_t>(0, 1461);
  packet.segment.wnd = AnyOf<uint16_t>();
  packet.segment.flags = AnyOf<uint8_t>() & 0x1f;
  if (packet.segment.Has(kAck)) packet.segment.ack = SeqNum{AnyOf<uint32_t>()};
  return packet;
}

std::vector<uint8_t> Encoded(const TcpPacket& packet) {
  std::vector<uint8_t> bytes(EncodedLength(packet));
  EXPECT_EQ(EncodePacket(packet, bytes), bytes.size());
  return bytes;
}

RC_GTEST_PROP(Packet, DecodesToWhatWasEncoded, ()) {
  const TcpPacket packet = AnyPacket();
  const std::vector<uint8_t> bytes = Encoded(packet);
  const auto decoded = DecodePacket(bytes);
  RC_ASSERT(decoded.ok());
  RC_ASSERT(decoded->packet == packet);
  RC_ASSERT(decoded->text.size() == packet.segment.len);
  RC_ASSERT(IsText(packet.segment.seq, decoded->text));
}

RC_GTEST_PROP(Packet, IsRefusedWithAnyBitFlipped, ()) {
  std::vector<uint8_t> bytes = Encoded(AnyPacket());
  const size_t bit = AnyOf<uint32_t>() % (bytes.size() * 8);
  bytes[bit / 8] = static_cast<uint8_t>(bytes[bit / 8] ^ (1U << bit % 8));
  RC_ASSERT(!DecodePacket(bytes).ok());
}

RC_GTEST_PROP(Packet, IsRefusedWhenCutShort, ()) {
  std::vector<uint8_t> bytes = Encoded(AnyPacket());
  bytes.resize(AnyOf<uint32_t>() % bytes.size());
  RC_ASSERT(!DecodePacket(bytes).ok());
}

RC_GTEST_PROP(Packet, AnyBytesAreDecodedOrRefused, (const std::vector<uint8_t>& bytes)) {
  std::vector<uint8_t> marked = bytes;
  if (!marked.empty()) marked[0] = 0x45;  // So that more than the first check is reached.
  if (marked.size() > 9) marked[9] = 6;
  const auto decoded = DecodePacket(marked);
  // In parentheses, as RapidCheck's own || evaluates both sides.
  RC_ASSERT((!decoded.ok() || decoded->text.size() <= marked.size()));
}

// A SYN written by another program, so that both directions cannot be wrong alike.
TEST(Packet, HasTheBytesOfAKnownSyn) {
  const TcpPacket syn{.source = 0xc6336401,
                      .destination = 0xc0000201,
                      .source_port = 1024,
                      .destination_port = 80,
                      .syn = {.mss = 1000},
                      .segment = {.seq = SeqNum{1}, .wnd = 0x1000, .flags = kSyn}};
  const std::vector<uint8_t> expected = {
      0x45, 0x00, 0x00, 0x2c, 0x00, 0x00, 0x40, 0x00, 0x40, 0x06, 0x4e, 0x96, 0xc6, 0x33, 0x64,
      0x01, 0xc0, 0x00, 0x02, 0x01, 0x04, 0x00, 0x00, 0x50, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00,
      0x00, 0x00, 0x60, 0x02, 0x10, 0x00, 0x99, 0x6b, 0x00, 0x00, 0x02, 0x04, 0x03, 0xe8};
  EXPECT_EQ(Encoded(syn), expected);
}

TEST(Packet, CarriesTheLongestText) {
  TcpPacket packet{.syn = {.mss = 1460}, .segment = {.len = kTextMax, .flags = kAck}};
  while (!packet.segment.sack.Full()) packet.segment.sack.PushBack({SeqNum{1}, SeqNum{2}});
  const std::vector<uint8_t> bytes = Encoded(packet);
  EXPECT_EQ(bytes.size(), 65535U);
  EXPECT_TRUE(DecodePacket(bytes).ok());
}

TEST(Packet, OfAnotherProtocolIsNotTcp) {
  std::vector<uint8_t> bytes = Encoded(TcpPacket{});
  EXPECT_TRUE(CarriesTcp(bytes));
  bytes[9] = 17;
  EXPECT_FALSE(CarriesTcp(bytes));
  EXPECT_FALSE(CarriesTcp({}));
}

TEST(Text, IsAFunctionOfItsNumbers) {
  std::array<uint8_t, 600> whole{};
  FillText(SeqNum{0xffffff00}, whole);  // Past the wrap of the numbers.
  EXPECT_TRUE(IsText(SeqNum{0xffffff00}, whole));
  EXPECT_TRUE(IsText(SeqNum{0xffffff00} + 300U, std::span(whole).subspan(300)));
  EXPECT_FALSE(IsText(SeqNum{0xffffff00} + 299U, std::span(whole).subspan(300)));
}

}  // namespace
}  // namespace finwait
