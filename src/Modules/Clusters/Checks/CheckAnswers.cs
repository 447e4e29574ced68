using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Resources;
using ClusterNet.EventStore;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Clusters.Checks;

/// <summary>The questionnaire that is asked now, in the reader's language.</summary>
internal sealed record AskedQuestionnaire(int Version, int Least, int Most, IReadOnlyList<AskedQuestion> Questions)
{
    public static AskedQuestionnaire Of(Questionnaire asked, IStringLocalizer<CheckTexts> text) =>
        new(asked.Version, asked.Least, asked.Most, [.. asked.Questions.Select(q => new AskedQuestion(q.Key, q.Part, q.Reversed, text[asked.TextOf(q)]))]);
}

/// <param name="Reversed">The highest answer counts least.</param>
internal sealed record AskedQuestion(string Key, string Part, bool Reversed, string Text);

/// <summary>What to do next, and the page where it is done.</summary>
/// <param name="Code">Stable.</param>
/// <param name="Text">In the reader's language.</param>
internal sealed record NextStep(string Code, string Text, string Href);

/// <summary>Where the next steps of advice are taken.</summary>
internal static class NextSteps
{
    /// <param name="codes">Names of texts <c>Step-…</c>.</param>
    /// <param name="subject">The cluster or firm.</param>
    public static IReadOnlyList<NextStep> Of(IEnumerable<string> codes, CheckKind kind, Guid subject, IStringLocalizer<CheckTexts> text) =>
        [.. codes.Distinct().Select(code => new NextStep(code, text[$"Step-{code}"], HrefOf(code, kind, subject)))];

    private static string HrefOf(string code, CheckKind kind, Guid subject)
    {
        var home = kind == CheckKind.ClusterReadiness ? $"/clusters/{subject}" : $"/firms/{subject}";
        return code switch
        {
            "audit" => "/skills-audits/new",
            "record" => "/learning",
            "sessions" => "/sessions",
            "people" => kind == CheckKind.ClusterReadiness ? home : $"{home}/people",
            "sponsor" => kind == CheckKind.ClusterReadiness ? $"{home}/roles" : $"{home}/people",
            "cluster" => "/clusters",
            _ => home,
        };
    }
}

/// <summary>One check with what follows from it.</summary>
/// <param name="Questionnaire">The version that was answered, and by which it is scored.</param>
/// <param name="Verdict">What the score says in a word.</param>
/// <param name="Reasons">Why, in the reader's language.</param>
internal sealed record CheckResult(
    DateTimeOffset At, Id<Person> By, int Questionnaire, int Score, IReadOnlyList<PartScore> Parts, string Verdict, IReadOnlyList<string> Reasons,
    IReadOnlyList<NextStep> NextSteps, IReadOnlyList<CheckAnswer> Answers);
