using System.Text;
using ClusterNet.Auditing;
using ClusterNet.Tests.EventStore.Fakes;
using ClusterNet.Tlog;
using Shouldly;

namespace ClusterNet.Tests.Ledger;

/// <summary>The cases of C2SP tlog-witness: a checkpoint is cosigned only if it continues the last one.</summary>
public sealed class LogWitnessTests : IDisposable
{
    private readonly string _folder = TestServer.NewFolder();
    private readonly SmallLog _log = new("log.example/a");
    private readonly SmallLog _other = new("log.example/b");
    private readonly TestClock _clock = new();
    private WitnessState _state;
    private LogWitness _witness;
    private NoteSigner _key;

    public LogWitnessTests() => (_state, _witness, _key) = Open();

    private string StateFile => Path.Combine(_folder, "state");

    [Fact]
    public void A_first_checkpoint_is_cosigned_with_the_time_and_remembered()
    {
        var log = _log.Grown(5);
        var reply = Add(log.Request(0));

        reply.Status.ShouldBe(200, reply.Body);
        var line = NoteSignature.Parse(reply.Body.TrimEnd('\n')).ShouldNotBeNull();
        Cosignature.IsValid(_key.Verifier, log.Checkpoint().Text, line).ShouldBeTrue();
        Cosignature.TimeOf(line).ShouldBe(_clock.Now);
        Reopened().Of("log.example/a").ShouldNotBeNull().Checkpoint.Size.ShouldBe(5);
    }

    [Fact]
    public void A_checkpoint_that_continues_the_last_one_is_cosigned()
    {
        Add(_log.Grown(5).Request(0)).Status.ShouldBe(200);
        Add(_log.Grown(300).Request(5)).Status.ShouldBe(200);
        Add(_log.Grown(301).Request(300)).Status.ShouldBe(200);
    }

    [Fact]
    public void The_same_checkpoint_is_cosigned_again()
    {
        Add(_log.Grown(5).Request(0)).Status.ShouldBe(200);
        _clock.Now += TimeSpan.FromMinutes(1);

        var again = Add(_log.Grown(5).Request(5));
        again.Status.ShouldBe(200);
        Cosignature.TimeOf(NoteSignature.Parse(again.Body.TrimEnd('\n'))!).ShouldBe(_clock.Now); // a line, or this test fails
    }

    [Fact]
    public void An_empty_log_is_cosigned() => Add(_log.Request(0)).Status.ShouldBe(200);

    [Theory]
    [InlineData("")]
    [InlineData("old 0\n")]
    [InlineData("old 00\n\n")]
    [InlineData("old -1\n\n")]
    [InlineData("old 0\nnot base64\n\n")]
    [InlineData("new 0\n\n")]
    public void What_is_no_request_is_malformed(string head) => Add(head + (head.EndsWith("\n\n", StringComparison.Ordinal) ? _log.Grown(1).Checkpoint().ToString() : "")).Status.ShouldBe(400);

    [Fact]
    public void More_than_63_hashes_are_malformed() =>
        Add(_log.Grown(1).Request(0).Replace("old 0\n", "old 0\n" + string.Concat(Enumerable.Repeat($"{Convert.ToBase64String(new byte[32])}\n", 64)), StringComparison.Ordinal)).Status.ShouldBe(400);

    [Fact]
    public void An_old_size_above_the_new_one_is_refused() => Add(_log.Grown(5).Request(6)).Status.ShouldBe(400);

    [Fact]
    public void A_log_that_it_does_not_know_is_not_found() => Add(new SmallLog("log.example/c").Grown(5).Request(0)).Status.ShouldBe(404);

    [Fact]
    public void A_checkpoint_signed_by_another_key_is_forbidden() => Add(new SmallLog("log.example/a").Grown(5).Request(0)).Status.ShouldBe(403);

    [Fact]
    public void A_signature_of_another_text_is_forbidden() =>
        Add(_log.Grown(5).Request(0).Replace("log.example/a\n5\n", "log.example/a\n6\n", StringComparison.Ordinal)).Status.ShouldBe(403);

    [Fact]
    public void An_old_size_that_it_does_not_know_is_answered_with_the_one_that_it_knows()
    {
        Add(_log.Grown(5).Request(0)).Status.ShouldBe(200);

        var reply = Add(_log.Grown(9).Request(0));
        (reply.Status, reply.Type, reply.Body).ShouldBe((409, "text/x.tlog.size", "5\n"));
        Add(_log.Grown(9).Request(4)).Body.ShouldBe("5\n");
        Add(_log.Grown(3).Request(0)).Body.ShouldBe("5\n");
    }

    [Fact]
    public void Another_root_of_the_same_size_is_refused_and_kept_as_evidence()
    {
        Add(_log.Grown(5).Request(0)).Status.ShouldBe(200);
        var rewritten = _log.Grown(5, "rewritten");

        var reply = Add(rewritten.Request(5));
        (reply.Status, reply.Type.StartsWith("text/plain", StringComparison.Ordinal)).ShouldBe((409, true));
        File.ReadAllText($"{StateFile}.refused").ShouldBe(rewritten.Checkpoint().ToString());
        File.ReadAllText($"{StateFile}.refused.known").ShouldBe(_log.Grown(5).Checkpoint().ToString());
    }

    [Fact]
    public void A_log_that_was_rewritten_and_signed_again_is_refused_and_kept_as_evidence()
    {
        Add(_log.Grown(5).Request(0)).Status.ShouldBe(200);
        var rewritten = _log.Grown(5, "rewritten").Grown(4);

        Add(rewritten.Request(5)).Status.ShouldBe(422);
        File.ReadAllText($"{StateFile}.refused").ShouldBe(rewritten.Checkpoint().ToString());
        Add(rewritten.Request(5)).Status.ShouldBe(422);
        File.Exists($"{StateFile}.refused.2").ShouldBeFalse();
        Add(_log.Grown(5, "rewritten").Grown(5).Request(5)).Status.ShouldBe(422);
        File.Exists($"{StateFile}.refused.2").ShouldBeTrue();
        Add(_log.Grown(9).Request(5)).Status.ShouldBe(200);
    }

    [Fact]
    public void A_proof_where_none_belongs_is_refused() =>
        Add(_log.Grown(5).Request(0).Replace("old 0\n", $"old 0\n{Convert.ToBase64String(new byte[32])}\n", StringComparison.Ordinal)).Status.ShouldBe(422);

    [Fact]
    public void Two_logs_do_not_disturb_each_other()
    {
        Add(_log.Grown(5).Request(0)).Status.ShouldBe(200);
        Add(_other.Grown(7).Request(0)).Status.ShouldBe(200);
        Add(_log.Grown(6).Request(5)).Status.ShouldBe(200);
        Add(_other.Grown(8).Request(5)).Body.ShouldBe("7\n");
    }

    [Fact]
    public void Of_many_at_once_each_size_is_cosigned_along_one_history()
    {
        var requests = Enumerable.Range(1, 64).Select(i => _log.Grown(i % 8 == 0 ? 9 : 5, i % 2 == 0 ? "one" : "two").Request(0)).ToList();
        var replies = new WitnessReply[requests.Count];
        Parallel.For(0, requests.Count, i => replies[i] = Add(requests[i]));

        replies.Count(r => r.Status == 200).ShouldBe(1);
        replies.Where(r => r.Status != 200).ShouldAllBe(r => r.Status == 409);
    }

    [Fact]
    public void A_witness_that_lost_its_state_or_key_does_not_begin_again()
    {
        Add(_log.Grown(5).Request(0)).Status.ShouldBe(200);
        _state.Dispose();

        File.Move(StateFile, $"{StateFile}.moved");
        Should.Throw<CannotAuditException>(() => Open()).Message.ShouldContain("does not know any more what it cosigned");
        File.WriteAllText(StateFile, File.ReadAllText($"{StateFile}.moved").Replace("5\\n", "6\\n\\n\\n", StringComparison.Ordinal));
        Should.Throw<CannotAuditException>(() => Open()).Message.ShouldContain("is damaged");
        File.Move($"{StateFile}.moved", StateFile, overwrite: true);
        File.Move(Path.Combine(_folder, "key"), Path.Combine(_folder, "elsewhere"));
        Should.Throw<CannotAuditException>(() => Open()).Message.ShouldContain("Put the key back");
    }

    [Fact]
    public void Two_witnesses_never_share_a_state() =>
        Should.Throw<CannotAuditException>(() => Open()).Message.ShouldContain("in use by another witness");

    [Fact]
    public void The_key_is_readable_for_its_owner_only()
    {
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Path.Combine(_folder, "key")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public void Dispose() => _state.Dispose();

    private WitnessReply Add(string request) => _witness.Add(Encoding.UTF8.GetBytes(request));

    private WitnessState Reopened()
    {
        _state.Dispose();
        (_state, _witness, _key) = Open();
        return _state;
    }

    private (WitnessState, LogWitness, NoteSigner) Open()
    {
        var (state, key) = WitnessState.Open(StateFile, Path.Combine(_folder, "key"), "witness.example/w1");
        return (state, new(key, [_log.Key, _other.Key], state, _clock), key);
    }
}
