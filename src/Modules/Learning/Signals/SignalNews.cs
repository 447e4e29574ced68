using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Discussions;
using ClusterNet.Learning.Flags;
using ClusterNet.Learning.Resources;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Learning.Signals;

/// <summary>Tells who shared a signal what others say of it. A notice names people only: what was written is read there.</summary>
internal sealed class SignalNews(INotices notices, Streams<SignalVoice, SignalVoiceEvent> voices, Streams<SignalLife, SignalEvent> signals, TimeProvider clock)
    : News<SignalVoiceEvent>(notices, clock)
{
    public override string Name => "notices/signals";

    public override string Module => LearningModule.Name;

    public static void Declare(IServiceCollection services)
    {
        foreach (var name in new[] { "signal-view", "signal-talked" }) services.AddNoticeKind(new(name, "learning", typeof(SignalTexts), NoticeMail.Digest));
        foreach (var name in new[] { "signal-flagged", "signal-moderated" }) services.AddNoticeKind(new(name, "learning", typeof(SignalTexts), NoticeMail.AtOnce));
        services.AddNews<SignalNews>().AddNews<SignalTalkNews>();
    }

    protected override async Task<IReadOnlyList<Notice>> Of(Recorded<SignalVoiceEvent> recorded, CancellationToken ct)
    {
        // As it is now: of what was taken back meanwhile nobody is told.
        if (recorded.Fact is not SignalViewTold e || (await voices.Load(recorded.Stream, ct)).State.View != e) return [];
        return (await signals.Load(e.Signal.Value, ct)).State is SignalLife.Kept { Withdrawn: false } signal
            ? ToAll([signal.Author], e.By, p => new(p, "signal-view", recorded.Id, $"/signals/{e.Signal}", e.By))
            : [];
    }
}

/// <summary>Tells who shared a signal that it is talked about and what coordinators did about it, and coordinators that it was flagged.</summary>
internal sealed class SignalTalkNews(INotices notices, Streams<SignalLife, SignalEvent> signals, Moderators moderators, TimeProvider clock) : News<SignalEvent>(notices, clock)
{
    public override string Name => "notices/signal-talks";

    public override string Module => LearningModule.Name;

    protected override async Task<IReadOnlyList<Notice>> Of(Recorded<SignalEvent> recorded, CancellationToken ct)
    {
        if ((await signals.Load(recorded.Stream, ct)).State is not SignalLife.Kept signal) return [];
        return recorded.Fact switch
        {
            SignalTalkedAbout e => To([signal.Author], e.By, "signal-talked"),
            SignalFlagged => To(await moderators.Of(signal.Firm, ct), null, "signal-flagged"),
            SignalModerated { Step: not Moderation.Keep } e => To([signal.Author], e.By, "signal-moderated"),
            _ => [],
        };

        IReadOnlyList<Notice> To(IEnumerable<Id<Person>> people, Id<Person>? by, string kind) =>
            ToAll(people, by, p => new(p, kind, recorded.Id, $"/signals/{recorded.Stream}", by));
    }
}
