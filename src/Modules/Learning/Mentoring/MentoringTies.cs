using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;

namespace ClusterNet.Learning.Mentoring;

/// <summary>Who mentors or mentored whom: from the begin to the end, whether or not anything of it was recorded.</summary>
internal sealed class MentoringTies(PairDesk pairs, TimeProvider clock)
{
    public async Task<IReadOnlyList<LearningTie>> Between(Id<Person> person, IReadOnlyCollection<Id<Person>> others, CancellationToken ct)
    {
        var rows = await pairs.Rows(
            "where begun_at is not null and (mentor = $1 and mentee = any($2) or mentee = $1 and mentor = any($2))", ct, person.Value, others.Select(o => o.Value).ToArray());
        return [.. rows.Select(r => new LearningTie(r.Mentor, r.Mentee, "mentored", r.EndedAt ?? clock.GetUtcNow(), new(r.Id.Value)))];
    }
}
