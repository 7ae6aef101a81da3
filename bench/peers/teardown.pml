/* SPDX-License-Identifier: Apache-2.0
 *
 * The close path of two Linux ends and the network between them, for spin: the peer that finwait's
 * exhaustive search is measured against. Written to be small and fast in spin: one process, every
 * choice one d_step, temporaries hidden from the state, times in milliseconds relative to now.
 *
 * The region is finwait's standard one: each side one send() and one close() or shutdown(), two
 * segments in flight each way; one loss and two retransmissions in all. Timers: retransmission with
 * backoff, delayed acknowledgement, the limiter of challenge ACKs, FIN-WAIT-2 after close(),
 * TIME-WAIT. The property is fin-not-silently-dropped. With -DOLD=1 an end discards segments with an
 * old acknowledgement number while it closes, as Linux before 6.9 does; that is the disorder.
 *
 * Numbers are relative to each stream's start: text is 0 to 9, a FIN is 10, or 0 without text.
 */
#ifndef OLD
#define OLD 0
#endif
#define TEXT 10
#define LATENCY 5
#define TICK 4
#define RTO 212
#define LIMIT 500
#define MINUTE 60000
#define AGE_MAX 900

#define ESTABLISHED 0
#define FIN_WAIT_1 1
#define FIN_WAIT_2 2
#define CLOSING 3
#define TIME_WAIT 4
#define CLOSE_WAIT 5
#define LAST_ACK 6
#define CLOSED 7
#define BUCKET_2 8 /* FIN-WAIT-2 as a timewait bucket. */

#define FIN 1
#define RST 2
#define ACK 4

byte st[2];
byte una[2], nxt[2], rcv[2];
byte text[2];           /* Length of what was sent. */
bit finq[2], finrx[2], rsh[2], orphan[2], loss[2], interactive[2], quickly[2];
bit called[2], sent[2]; /* The calls that are spent. */
bit lost;
byte again;             /* Retransmissions spent. */
byte backoff[2];
byte phase;             /* Of the tick. */
short trto[2];          /* Timers: what is left, 0 when off. */
byte tack[2];
int twait[2];
short limited[2];
bit owed[2];            /* A FIN that was discarded, and when it must have been taken. */
short due[2];

/* In flight: [2 * side + place], oldest first. */
byte wn[2];
byte wf[4], wseq[4], wack[4], wlen[4];
short wage[4], wrto[4];

hidden byte out;        /* The choice leads out of the region. */
hidden byte q, f, seq, ack, size, i, end;
hidden int d, next;
hidden byte fresh, fits, isfin, acking, resending;

#define RUNNING(t) (t > 0)
/* To the tick at or after now + x. */
#define TICKED(x) ((x) + (TICK - (phase + (x)) % TICK) % TICK)

inline transmit(s, fl, sq, ln) {
  if
  :: wn[s] == 2 -> out = 1
  :: else ->
     i = 2 * (s) + wn[s];
     wf[i] = fl; wseq[i] = sq; wlen[i] = ln; wage[i] = 0;
     wack[i] = (((fl) & ACK) -> rcv[s] : 0);
     wrto[i] = RTO << backoff[s];
     wn[s] = wn[s] + 1; tack[s] = 0
  fi
}

inline acknowledge(s) { transmit(s, ACK, nxt[s], 0) }

inline challenge(s) {
  if
  :: limited[s] == 0 -> limited[s] = LIMIT; acknowledge(s)
  :: else
  fi
}

inline forget(s) {
  trto[s] = 0; tack[s] = 0; backoff[s] = 0; loss[s] = 0; limited[s] = 0;
  interactive[s] = 0; quickly[s] = 0
}

inline bury(s) {
  st[s] = CLOSED; twait[s] = 0; called[s] = 1; forget(s)
}

inline lie(s, state) {
  st[s] = state; twait[s] = TICKED(MINUTE); forget(s)
}

/* The first segment that was not acknowledged, again. */
inline send_again(s) {
  if
  :: again == 2 -> out = 1
  :: else ->
     again = again + 1;
     if
     :: una[s] < text[s] -> transmit(s, ACK, una[s], text[s] - una[s])
     :: else -> transmit(s, ACK | FIN, una[s], 0)
     fi
  fi
}

inline drop_from(s, k) {
  if
  :: (k) == 0 ->
     wf[2 * (s)] = wf[2 * (s) + 1]; wseq[2 * (s)] = wseq[2 * (s) + 1];
     wack[2 * (s)] = wack[2 * (s) + 1]; wlen[2 * (s)] = wlen[2 * (s) + 1];
     wage[2 * (s)] = wage[2 * (s) + 1]; wrto[2 * (s)] = wrto[2 * (s) + 1]
  :: else
  fi;
  i = 2 * (s) + 1;
  wf[i] = 0; wseq[i] = 0; wack[i] = 0; wlen[i] = 0; wage[i] = 0; wrto[i] = 0;
  wn[s] = wn[s] - 1
}

inline less(t, x) { t = (t > (x) -> t - (x) : 0) }
/* A timer that is due at the instant of another fires a millisecond later. */
inline run_down(t, x) { t = (t == 0 -> 0 : (t > (x) -> t - (x) : 1)) }

/* Time passes; no timer is due before the end of it. */
inline pass(x) {
  phase = (phase + (x)) % TICK;
  if
  :: (owed[0] && due[0] < (x)) || (owed[1] && due[1] < (x)) -> assert(false)
  :: else
  fi;
  for (i : 0 .. 1) {
    run_down(trto[i], x); run_down(tack[i], x); run_down(twait[i], x);
    less(limited[i], x); less(due[i], x)
  }
  for (i : 0 .. 3) {
    if
    :: wf[i] != 0 -> wage[i] = (wage[i] + (x) > AGE_MAX -> AGE_MAX : wage[i] + (x))
    :: else
    fi
  }
}

inline earliest() {
  next = 1000000;
  for (i : 0 .. 1) {
    if :: RUNNING(trto[i]) && trto[i] < next -> next = trto[i] :: else fi;
    if :: RUNNING(tack[i]) && tack[i] < next -> next = tack[i] :: else fi;
    if :: RUNNING(twait[i]) && twait[i] < next -> next = twait[i] :: else fi
  }
}

/* Lets the next timer fire: A's first. */
inline fire() {
  q = 0;
  if
  :: tack[0] == next || trto[0] == next || twait[0] == next -> q = 0
  :: else -> q = 1
  fi;
  acking = (tack[q] == next); resending = (!acking && trto[q] == next);
  if
  :: acking -> tack[q] = 0
  :: resending -> trto[q] = 0
  :: else -> twait[q] = 0
  fi;
  pass(next);
  if
  :: acking -> acknowledge(q)
  :: resending ->
     loss[q] = 1; send_again(q);
     backoff[q] = (backoff[q] < 2 -> backoff[q] + 1 : 2);
     trto[q] = TICKED(RTO << backoff[q])
  :: else -> bury(q)
  fi
}

/* Something outstanding is acknowledged. */
inline advance(s) {
  una[s] = ack; backoff[s] = 0;
  trto[s] = (una[s] == nxt[s] -> 0 : TICKED(RTO));
  if
  :: una[s] == nxt[s] -> loss[s] = 0
  :: loss[s] -> send_again(s)
  :: else
  fi;
  if
  :: finq[s] && una[s] == nxt[s] ->
     if
     :: st[s] == FIN_WAIT_1 -> st[s] = FIN_WAIT_2
     :: st[s] == CLOSING -> lie(s, TIME_WAIT)
     :: st[s] == LAST_ACK -> bury(s)
     :: else
     fi
  :: else
  fi
}

/* One state stands for everything outside of the region. */
inline check_region() {
  if
  :: out ->
     again = 0; lost = 1; phase = 0;
     for (i : 0 .. 1) {
       st[i] = CLOSED; called[i] = 1; sent[i] = 1; una[i] = 0; nxt[i] = 0; rcv[i] = 0; text[i] = 0;
       finq[i] = 0; finrx[i] = 0; rsh[i] = 0; orphan[i] = 0; forget(i); twait[i] = 0;
       owed[i] = 0; due[i] = 0; wn[i] = 0
     }
     for (i : 0 .. 3) {
       wf[i] = 0; wseq[i] = 0; wack[i] = 0; wlen[i] = 0; wage[i] = 0; wrto[i] = 0
     }
  :: else
  fi
}

/* The segment f, seq, ack, size arrives at s. */
inline at_socket(s) {
  end = seq + size + (f & FIN);
  fits = (seq <= rcv[s]);
  fresh = (end > rcv[s]);
  if
  :: !fits || (!fresh && end != seq) || (end == seq && seq < rcv[s]) ->
     /* Unacceptable: a duplicate is acknowledged, a lone old ACK at the limiter's pace. */
     if
     :: (f & RST) != 0 -> skip
     :: (f & RST) == 0 && end != seq -> acknowledge(s)
     :: else -> challenge(s)
     fi
  :: else ->
     if
     :: (f & RST) != 0 -> bury(s)
     :: (f & RST) == 0 && OLD && ack < una[s] && st[s] != ESTABLISHED && st[s] != CLOSE_WAIT ->
        challenge(s)
     :: else ->
        if
        :: ack > una[s] -> advance(s)
        :: else
        fi;
        if
        :: st[s] == CLOSED || st[s] == TIME_WAIT -> skip
        :: st[s] == FIN_WAIT_2 && orphan[s] && (f & FIN) == 0 && size == 0 -> lie(s, BUCKET_2)
        :: else ->
           if
           :: size > 0 && fresh && rcv[s] < seq + size && finrx[s] == 0 ->
              if
              :: rsh[s] && (st[s] == FIN_WAIT_1 || st[s] == FIN_WAIT_2) ->
                 transmit(s, RST, nxt[s], 0); bury(s)
              :: else ->
                 rcv[s] = seq + size;
                 if
                 :: interactive[s] && !quickly[s] -> tack[s] = TICKED(40)
                 :: else -> quickly[s] = 1; acknowledge(s)
                 fi
              fi
           :: else
           fi;
           if
           :: st[s] != CLOSED && (f & FIN) != 0 && rcv[s] == end - 1 && finrx[s] == 0 ->
              rcv[s] = end; finrx[s] = 1; rsh[s] = 1;
              acknowledge(s);
              if
              :: st[s] == ESTABLISHED -> st[s] = CLOSE_WAIT
              :: st[s] == FIN_WAIT_1 -> st[s] = CLOSING
              :: st[s] == FIN_WAIT_2 -> lie(s, TIME_WAIT)
              :: else
              fi
           :: else
           fi
        fi
     fi
  fi
}

inline at_bucket(s) {
  end = seq + size + (f & FIN);
  if
  :: (f & RST) != 0 -> if :: seq == rcv[s] -> bury(s) :: else fi
  :: (f & RST) == 0 && st[s] == BUCKET_2 ->
     if
     :: (f & FIN) != 0 && end == rcv[s] + 1 ->
        rcv[s] = end; finrx[s] = 1; lie(s, TIME_WAIT); acknowledge(s)
     :: (f & FIN) == 0 && size > 0 && end > rcv[s] -> transmit(s, RST, ack, 0); bury(s)
     :: else -> if :: seq < rcv[s] -> challenge(s) :: else fi
     fi
  :: else ->
     twait[s] = TICKED(MINUTE);
     if
     :: end != seq -> acknowledge(s)
     :: end == seq && seq < rcv[s] -> challenge(s)
     :: else
     fi
  fi
}

/* What the property says of a FIN that arrives. */
inline watch_before(s, k) {
  isfin = ((f & FIN) != 0 && finrx[s] == 0 && st[s] != CLOSED && seq <= rcv[s] &&
           seq + size + 1 > rcv[s]);
  if
  :: isfin && owed[s] == 0 ->
     owed[s] = 1; due[s] = (wrto[k] > wage[k] -> wrto[k] - wage[k] : 0)
  :: else
  fi
}

inline watch_after(s) {
  if
  :: owed[s] && (finrx[s] || st[s] == CLOSED || st[1 - (s)] == CLOSED) -> owed[s] = 0; due[s] = 0
  :: else
  fi
}

inline deliver(s, k) {
  d_step {
    wn[s] > k ->
    out = 0;
    d = (wage[2 * (s) + k] < LATENCY -> LATENCY - wage[2 * (s) + k] : 0);
    do
    :: d > 0 ->
       earliest();
       if
       :: next <= d -> d = d - next; fire()
       :: else -> pass(d); d = 0
       fi
    :: else -> break
    od;
    f = wf[2 * (s) + k]; seq = wseq[2 * (s) + k]; ack = wack[2 * (s) + k]; size = wlen[2 * (s) + k];
    watch_before(1 - s, 2 * (s) + k);
    drop_from(s, k);
    if
    :: st[1 - s] == CLOSED ->
       if
       :: (f & RST) == 0 -> transmit(1 - s, RST, ack, 0)
       :: else
       fi
    :: st[1 - s] == TIME_WAIT || st[1 - s] == BUCKET_2 -> at_bucket(1 - s)
    :: else -> at_socket(1 - s)
    fi;
    watch_after(1 - s); watch_after(s);
    check_region()
  }
}

inline lose(s, k) {
  d_step { wn[s] > k && !lost -> out = 0; lost = 1; drop_from(s, k) }
}

inline send(s) {
  d_step {
    !sent[s] && !called[s] && st[s] != CLOSED -> /* The other orders only fail. */
    out = 0; sent[s] = 1;
    interactive[s] = (quickly[s] || rcv[s] > 0);
    text[s] = TEXT; nxt[s] = nxt[s] + TEXT;
    transmit(s, ACK, una[s], TEXT);
    trto[s] = (RUNNING(trto[s]) -> trto[s] : TICKED(RTO));
    check_region()
  }
}

inline finish(s) {
  finq[s] = 1;
  transmit(s, ACK | FIN, nxt[s], 0);
  nxt[s] = nxt[s] + 1;
  trto[s] = (RUNNING(trto[s]) -> trto[s] : TICKED(RTO));
  st[s] = (st[s] == CLOSE_WAIT -> LAST_ACK : FIN_WAIT_1)
}

/* shut: whether receiving is shut too; wr: whether sending is. */
inline shut_down(s, wr, shut) {
  d_step {
    !called[s] && st[s] != CLOSED ->
    out = 0; called[s] = 1;
    if :: shut -> rsh[s] = 1 :: else fi;
    if :: wr -> finish(s) :: else fi;
    check_region()
  }
}

inline close_by(s) {
  d_step {
    !called[s] && st[s] != CLOSED ->
    out = 0; called[s] = 1; sent[s] = 1; rsh[s] = 1; orphan[s] = 1;
    if
    :: rcv[s] - finrx[s] > 0 -> transmit(s, RST, nxt[s], 0); bury(s); watch_after(1 - s) /* Unread. */
    :: else -> finish(s)
    fi;
    check_region()
  }
}

inline wait() {
  d_step {
    RUNNING(trto[0]) || RUNNING(trto[1]) || RUNNING(tack[0]) || RUNNING(tack[1]) ||
        RUNNING(twait[0]) || RUNNING(twait[1]) ->
    out = 0;
    earliest();
    fire();
    watch_after(0); watch_after(1);
    check_region()
  }
}

active proctype pair() {
  do
  :: deliver(0, 0)
  :: deliver(0, 1)
  :: deliver(1, 0)
  :: deliver(1, 1)
  :: lose(0, 0)
  :: lose(0, 1)
  :: lose(1, 0)
  :: lose(1, 1)
  :: send(0)
  :: send(1)
  :: shut_down(0, true, false)
  :: shut_down(1, true, false)
  :: shut_down(0, true, true)
  :: shut_down(1, true, true)
  :: shut_down(0, false, true)
  :: shut_down(1, false, true)
  :: close_by(0)
  :: close_by(1)
  :: wait()
  od
}
