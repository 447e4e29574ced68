using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Records;
using ClusterNet.Projections;

namespace ClusterNet.Learning.Own;

/// <summary>Which of one's own records are meant; what is null leaves all in.</summary>
/// <param name="Days">How many days back.</param>
/// <param name="Unfinished">Those that say neither what was learnt nor a skill.</param>
internal sealed record OwnFilter(LearningKind? Kind = null, LearningPart? Part = null, int? Days = null, string? Skill = null, bool Unfinished = false)
{
    /// <summary>What was not completed within two months will hardly be remembered.</summary>
    private const int RememberedDays = 60;

    public static readonly IReadOnlyList<int> Periods = [30, 90, 365];

    /// <summary>What follows <c>where</c> over learning.records, with its values from $1 on.</summary>
    public (string Condition, List<object> Values) Of(Id<Person> person, DateTimeOffset now)
    {
        var (conditions, values) = (new List<string> { "person = $1" }, new List<object> { person.Value });
        if (Kind is { } kind) And("kind =", WireNames.Of(kind));
        if (Part is { } part) And("part =", WireNames.Of(part));
        if (Days is { } days) And("happened_at >=", now.AddDays(-days));
        if (Skill is { } skill) And("skill_uris @>", new[] { skill });
        if (Unfinished)
        {
            conditions.Add("learnt = ''");
            And("happened_at >", now.AddDays(-RememberedDays));
        }

        return (string.Join(" and ", conditions), values);

        void And(string condition, object value)
        {
            values.Add(value);
            conditions.Add($"{condition} ${values.Count}");
        }
    }
}
