"""What one peer is told: the newest of everything, but not what it said itself."""

from __future__ import annotations

import pytest

from engine.desk.osc.peer import DATAGRAM_BYTES, HOLD_NS, Peer, is_known
from engine.desk.osc.peers import GIVES_WAY_NS, MOST, PATIENCE_NS, Peers, read_target
from engine.desk.osc.queries import answer, find_question
from engine.message import Argument, Message
from engine.osc_reading import Malformed, decode

HERE = ("127.0.0.1", 9000)


def hears(peer: Peer) -> dict[str, tuple[Argument, ...]]:
    """All that waits, as its datagrams say it."""
    heard: dict[str, tuple[Argument, ...]] = {}
    while True:
        datagram, _ = peer.take_datagram()
        if not datagram:
            return heard
        assert len(datagram) <= DATAGRAM_BYTES
        heard |= {message.address: message.arguments for message in decode(datagram, 0)}


def test_of_many_changes_the_newest_is_told_once() -> None:
    peer = Peer(HERE)
    for step in range(100):
        peer.tell({"/macro/1": (step / 100,), "/freeze": (step % 2,)}, step)
    datagram, _ = peer.take_datagram()
    told = [(message.address, message.arguments) for message in decode(datagram, 0)]
    assert [address for address, _ in told] == ["/macro/1", "/freeze"]
    assert abs(float(told[0][1][0]) - 0.99) < 1e-6 and told[1][1] == (1,)  # type: ignore[arg-type]
    assert peer.idle


def test_a_lone_change_is_a_plain_message_with_floats_of_four_bytes() -> None:
    peer = Peer(HERE)
    peer.tell({"/macro/1": (0.1,)}, 0)
    datagram, _ = peer.take_datagram()
    assert datagram.startswith(b"/macro/1\0\0\0\0,f\0\0") and len(datagram) == 20


def test_a_whole_state_comes_in_datagrams_that_no_network_cuts_up() -> None:
    peer = Peer(HERE)
    state = {f"/param/number_{index}": (float(index),) for index in range(1000)}
    peer.tell_all(state)
    assert hears(peer) == state


def test_what_a_peer_has_set_is_not_told_back_to_it() -> None:
    peer = Peer(HERE)
    peer.say(Message("/macro/1", (0.1,)), 0)
    peer.tell({"/macro/1": (0.1,), "/layer/1/macro/1": (0.1,), "/param/feed": (0.05,)}, 1)
    assert hears(peer).keys() == {"/layer/1/macro/1", "/param/feed"}
    peer.settle({"/macro/1": (0.1,)}, HOLD_NS + 1)
    assert peer.idle


def test_while_its_hand_is_on_a_value_nothing_pulls_at_it() -> None:
    peer = Peer(HERE)
    for step in range(10):
        now = step * HOLD_NS // 10
        peer.say(Message("/macro/1", (step / 10,)), now)
        peer.tell({"/macro/1": (max(step - 3, 0) / 10,)}, now)  # the picture lags behind
        peer.settle({"/macro/1": (max(step - 3, 0) / 10,)}, now)
    assert peer.idle
    peer.tell({"/macro/1": (0.9,)}, 2 * HOLD_NS)
    peer.settle({"/macro/1": (0.9,)}, 2 * HOLD_NS)
    assert peer.idle


def test_what_came_of_its_word_is_told_when_it_is_something_else() -> None:
    peer = Peer(HERE)
    peer.say(Message("/macro/1", (1.7,)), 0)  # held within 1, and it was there before: no change
    peer.say(Message("/scene/go", (3,)), 0)
    peer.settle({"/macro/1": (1.0,), "/scene/go": ("coral",)}, HOLD_NS - 1)
    assert peer.idle
    peer.settle({"/macro/1": (1.0,), "/scene/go": ("coral",)}, HOLD_NS)
    assert hears(peer) == {"/macro/1": (1.0,), "/scene/go": ("coral",)}


def test_another_hand_on_the_same_value_is_told() -> None:
    peer = Peer(HERE)
    peer.say(Message("/macro/1", (0.5,)), 0)
    peer.settle({"/macro/1": (0.5,)}, HOLD_NS)
    peer.tell({"/macro/1": (0.25,)}, 2 * HOLD_NS)
    assert hears(peer) == {"/macro/1": (0.25,)}
    peer.tell({"/macro/1": (0.5,)}, 2 * HOLD_NS)  # the value it once set, but it has heard another
    assert hears(peer) == {"/macro/1": (0.5,)}


def test_news_that_could_not_be_sent_wait_but_never_overtake_newer_ones() -> None:
    peer = Peer(HERE)
    peer.tell({"/macro/1": (0.25,), "/macro/2": (0.25,)}, 0)
    _, news = peer.take_datagram()
    peer.tell({"/macro/2": (0.5,)}, 0)
    peer.put_back(news)
    assert hears(peer) == {"/macro/1": (0.25,), "/macro/2": (0.5,)}


def test_what_osc_cannot_say_is_left_out() -> None:
    peer = Peer(HERE)
    peer.tell({"/a": ("\0",), "/b": (2**70,), "/c": ("x" * 9000,), "/d": (1,)}, 0)
    assert hears(peer) == {"/d": (1,)}


def test_a_message_longer_than_a_datagram_should_be_goes_alone() -> None:
    peer = Peer(HERE)
    peer.tell({"/a": (1,), "/list/scenes": ("x" * 2000,), "/b": (2,)}, 0)
    told = [[m.address for m in decode(peer.take_datagram()[0], 0)] for _ in range(3)]
    assert told == [["/a"], ["/list/scenes"], ["/b"]] and peer.idle


def test_a_peer_that_says_ever_new_words_takes_no_ever_more_memory() -> None:
    peer = Peer(HERE)
    for index in range(10_000):
        peer.say(Message(f"/word/{index}", (1,)), 0)
    peer.settle({}, HOLD_NS)
    assert len(peer._said) <= 2048 and not peer._unsure


def test_a_fade_and_the_precision_of_a_float_do_not_make_a_value_another() -> None:
    assert is_known(("coral", 2.0), ("coral",))
    assert is_known((0.1,), (0.10000000149,))
    assert is_known((1.0,), (1,)) and is_known((True,), (1,))
    assert not is_known((), (1,)) and not is_known((0.1,), (0.2,)) and not is_known(("1",), (1,))


def test_hello_names_where_to_hear() -> None:
    def asked(*arguments: Argument) -> object:
        return read_target(Message("/hello", arguments), HERE)

    assert asked() == asked(1) == asked(1.0) == asked("phone") == HERE
    assert asked(9100) == asked(9100.0) == asked(9100, "phone") == asked("phone", 9100)
    assert asked(9100) == ("127.0.0.1", 9100)
    for refused in (0, 0.0, 80, -1, 70000, float("nan"), float("inf")):
        assert asked(refused) is None, refused
    assert read_target(Message("/hello", (9100,)), ("::1", 9000, 0, 2)) == ("::1", 9100, 0, 2)


def test_there_is_room_for_so_many_and_who_is_long_silent_gives_way() -> None:
    peers = Peers()
    for index in range(MOST):
        assert peers.greet(("10.0.0.1", 9000 + index), "", HERE, index)
    late = ("10.0.0.2", 9000)
    assert peers.greet(late, "", late, GIVES_WAY_NS - 1) is None
    assert peers.greet(("10.0.0.1", 9001), "", HERE, GIVES_WAY_NS) is not None  # one of them
    assert peers.greet(late, "", late, GIVES_WAY_NS) is not None
    assert len(peers) == MOST
    assert ("10.0.0.1", 9000) not in [peer.target for peer in peers.all]


def test_a_peer_is_forgotten_after_an_hour_without_a_word() -> None:
    peers = Peers()
    for index in range(2):
        peers.greet(("10.0.0.1", 9000 + index), "", HERE, index)
    assert [peer.target[1] for peer in peers.forget_silent(PATIENCE_NS + 1)] == [9000]
    assert len(peers) == 1


def test_on_another_computer_the_one_peer_there_speaks_whatever_its_port() -> None:
    peers = Peers()
    phone = peers.greet(("10.0.0.1", 9000), "", ("10.0.0.1", 50_000), 0)
    assert peers.find(("10.0.0.1", 50_001)) is phone
    assert peers.find(("10.0.0.2", 50_000)) is None
    peers.greet(("10.0.0.1", 9001), "", ("10.0.0.1", 60_000), 0)
    assert peers.find(("10.0.0.1", 50_001)) is None
    assert peers.find(("10.0.0.1", 50_000)) is phone


def test_on_this_computer_a_peer_is_known_by_its_port_alone() -> None:
    peers = Peers()
    panel = peers.greet(("127.0.0.1", 9000), "", ("127.0.0.1", 50_000), 0)
    assert peers.find(("127.0.0.1", 50_000)) is panel
    assert peers.find(("127.0.0.1", 50_001)) is None
    peers.greet(("127.0.0.1", 9000), "", ("127.0.0.1", 50_001), 1)  # it has a second voice
    assert peers.find(("127.0.0.1", 50_001)) is peers.find(("127.0.0.1", 50_000)) is panel
    assert panel is not None
    peers.forget(panel)
    assert peers.find(("127.0.0.1", 50_000)) is None


def test_questions_are_told_from_commands() -> None:
    assert find_question(Message("/get", ("/macro/1",))) == "/macro/1"
    assert find_question(Message("/get")) == ""
    assert find_question(Message("/macro/1", ("?",))) == "/macro/1"
    assert find_question(Message("/list/scenes")) == "/list/scenes"
    assert find_question(Message("/list")) == "/list"
    assert find_question(Message("/macro/1", (0.5,))) is None
    assert find_question(Message("/scene/go", ("?", 1))) is None


def test_an_address_stands_for_all_below_it() -> None:
    state: dict[str, tuple[Argument, ...]] = {"/a": (1,), "/a/b": (2,), "/c/d": (3,), "/cd": (4,)}
    assert answer("/a", state) == [Message("/a", (1,))]
    assert answer("/c", state) == answer("/c/", state) == [Message("/c/d", (3,))]
    assert answer("/x", state) == [Message("/get", ("/x", "unknown"))]
    assert len(answer("", state)) == 4


def test_a_pattern_asks_for_all_that_it_means() -> None:
    state: dict[str, tuple[Argument, ...]] = {"/a/x": (1,), "/b/x": (2,), "/b/y": (3,)}
    assert answer("/*/x", state) == [Message("/a/x", (1,)), Message("/b/x", (2,))]
    assert answer("/c/*", state) == [Message("/get", ("/c/*", "unknown"))]
    with pytest.raises(Malformed):
        answer("/a/[", state)
