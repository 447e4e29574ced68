using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Discussions;
using ClusterNet.Learning.Flags;
using ClusterNet.Learning.Resources;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Learning.Practices;

/// <summary>Tells who described a practice what firms make of it. A notice names people and firms only: what was written is read there, by who may.</summary>
internal sealed class PracticeUseNews(INotices notices, Streams<PracticeLife, PracticeEvent> practices, IFirmDirectory directory, TimeProvider clock)
    : News<PracticeUseEvent>(notices, clock)
{
    public override string Name => "notices/practice-uses";

    public override string Module => LearningModule.Name;

    public static void Declare(IServiceCollection services)
    {
        foreach (var (name, mail) in new[]
        {
            ("practice-used", NoticeMail.Digest), ("practice-question", NoticeMail.AtOnce), ("practice-answer", NoticeMail.AtOnce), ("practice-settled", NoticeMail.Digest),
            ("practice-gone", NoticeMail.AtOnce), ("practice-flagged", NoticeMail.AtOnce), ("practice-moderated", NoticeMail.AtOnce),
        }) services.AddNoticeKind(new(name, "learning", typeof(PracticeTexts), mail));
        services.AddNews<PracticeUseNews>().AddNews<PracticeTalkNews>().AddNews<PracticeNews>();
    }

    protected override async Task<IReadOnlyList<Notice>> Of(Recorded<PracticeUseEvent> recorded, CancellationToken ct)
    {
        if (recorded.Fact is not PracticeUseTold e || (await practices.Load(e.Practice.Value, ct)).State is not PracticeLife.Kept practice) return [];
        var firm = (await directory.Cards([e.Firm], ct)).GetValueOrDefault(e.Firm)?.Name ?? "";
        return ToAll([practice.Author], e.By, p => new(p, "practice-used", recorded.Id, $"/practices/{e.Practice}", e.By, firm));
    }
}

/// <summary>Tells who answers for a practice of questions, and askers of answers.</summary>
internal sealed class PracticeTalkNews(
    INotices notices, Streams<PracticeTalk, PracticeTalkEvent> talks, Streams<PracticeLife, PracticeEvent> practices, PracticeDesk desk, TimeProvider clock)
    : News<PracticeTalkEvent>(notices, clock)
{
    public override string Name => "notices/practice-questions";

    public override string Module => LearningModule.Name;

    protected override async Task<IReadOnlyList<Notice>> Of(Recorded<PracticeTalkEvent> recorded, CancellationToken ct)
    {
        var talk = (await talks.Load(recorded.Stream, ct)).State;
        var id = talk.Practice;
        if ((await practices.Load(id.Value, ct)).State is not PracticeLife.Kept practice) return [];
        return recorded.Fact switch
        {
            PracticeQuestionAsked e when Stands(talk, e.Question) => To([practice.Author], e.By, "practice-question"),
            PracticeQuestionAnswered e when Stands(talk, e.Answer) && talk.Find(e.Question) is { } q => To(
                await desk.Readers(practice, id, [q.Asked.By], ct), e.By, "practice-answer"),
            PracticeQuestionSettled { Answer: { } answer } e when talk.WordsOf(answer) is { } words => To(await desk.Readers(practice, id, [words.By], ct), e.By, "practice-settled"),
            _ => [],
        };

        IReadOnlyList<Notice> To(IEnumerable<Id<Person>> people, Id<Person> by, string kind) =>
            ToAll(people, by, p => new(p, kind, recorded.Id, $"/practices/{id}#questions", by));
    }

    private static bool Stands(PracticeTalk talk, Guid words) => talk.WordsOf(words) is { Withdrawn: false };
}

/// <summary>
/// Tells people of firms that use a practice that it was withdrawn: those who told of the use. Tells coordinators that it was flagged, and who described it what they did.
/// </summary>
internal sealed class PracticeNews(INotices notices, Streams<PracticeLife, PracticeEvent> practices, PracticeDesk desk, Moderators moderators, TimeProvider clock)
    : News<PracticeEvent>(notices, clock)
{
    public override string Name => "notices/practices";

    public override string Module => LearningModule.Name;

    protected override async Task<IReadOnlyList<Notice>> Of(Recorded<PracticeEvent> recorded, CancellationToken ct)
    {
        if ((await practices.Load(recorded.Stream, ct)).State is not PracticeLife.Kept practice) return [];
        var id = new Id<Practice>(recorded.Stream);
        return recorded.Fact switch
        {
            PracticeWithdrawn e => To(await Telling(), e.By, "practice-gone"),
            PracticeFlagged => To(await moderators.Of(practice.Firm, ct), null, "practice-flagged"),
            PracticeModerated { Step: not Moderation.Keep } e => To([practice.Author], e.By, "practice-moderated"),
            _ => [],
        };

        async Task<IReadOnlySet<Id<Person>>> Telling() => await desk.Readers(practice, id, [
            .. (await desk.Steps(id, ct)).GroupBy(s => s.Firm).Select(s => s.Last()).Where(s => s.Stage != UseStage.GivenUp).Select(s => s.By).Distinct()], ct);

        IReadOnlyList<Notice> To(IEnumerable<Id<Person>> people, Id<Person>? by, string kind) => ToAll(people, by, p => new(p, kind, recorded.Id, $"/practices/{id}", by));
    }
}
