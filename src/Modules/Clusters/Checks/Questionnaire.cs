using ClusterNet.EventStore;

namespace ClusterNet.Clusters.Checks;

/// <param name="Part">What the question tells of; a part has a score of its own.</param>
/// <param name="Reversed">The highest answer counts least.</param>
internal sealed record Question(string Key, string Part, bool Reversed = false);

/// <param name="Value">On the questionnaire's scale.</param>
internal sealed record CheckAnswer(string Question, int Value);

/// <param name="Score">From 0 to 100.</param>
internal sealed record PartScore(string Part, int Score);

/// <summary>
/// Questions with their key, in one version that never changes: an answer is scored by the version that it was given to. Another wording with another
/// meaning, another question or another key is another version.
/// </summary>
/// <param name="Least">The lowest answer.</param>
/// <param name="Most">The highest answer.</param>
internal sealed record Questionnaire(string Name, int Version, int Least, int Most, IReadOnlyList<Question> Questions)
{
    public static readonly Refusal Incomplete = new(
        "answers-incomplete", "Each question needs exactly one answer, and no other question any. Read the questionnaire, then answer all of it.", 422);

    public static readonly Refusal OutsideScale = new(
        "answer-outside-scale", "An answer lies outside the questionnaire's scale. Read the questionnaire for its lowest and highest answer.", 422);

    public IEnumerable<string> Parts => Questions.Select(q => q.Part).Distinct();

    /// <summary>The name of a question's text in the resource files.</summary>
    public string TextOf(Question question) => $"Question-{Name}-{Version}-{question.Key}";

    /// <summary>Null for answers to exactly these questions, on the scale.</summary>
    public Refusal? Refuse(IReadOnlyList<CheckAnswer> answers)
    {
        if (!answers.Select(a => a.Question).Order(StringComparer.Ordinal).SequenceEqual(Questions.Select(q => q.Key).Order(StringComparer.Ordinal))) return Incomplete;
        return answers.Any(a => a.Value < Least || a.Value > Most) ? OutsideScale : null;
    }

    /// <summary>The answers in the order of the questions.</summary>
    public ValueList<CheckAnswer> Ordered(IReadOnlyList<CheckAnswer> answers) =>
        [.. Questions.Select(q => answers.First(a => a.Question == q.Key))];

    public IReadOnlyList<PartScore> PartScores(IReadOnlyList<CheckAnswer> answers) =>
        [.. Parts.Select(part => new PartScore(part, ScoreOf(Questions.Where(q => q.Part == part), answers)))];

    /// <summary>All parts count alike, however many questions each has.</summary>
    public int Score(IReadOnlyList<CheckAnswer> answers)
    {
        var parts = PartScores(answers);
        return Rounded(parts.Sum(p => p.Score), parts.Count);
    }

    private int ScoreOf(IEnumerable<Question> questions, IReadOnlyList<CheckAnswer> answers)
    {
        var points = questions.Select(q => (q.Reversed, answers.First(a => a.Question == q.Key).Value)).Select(a => a.Reversed ? Most - a.Value : a.Value - Least).ToList();
        return Rounded(100 * points.Sum(), points.Count * (Most - Least));
    }

    /// <summary>To the nearest whole number, halves up; without fractions, so that it is the same everywhere.</summary>
    private static int Rounded(int sum, int count) => ((2 * sum) + count) / (2 * count);
}

/// <summary>All questionnaires in all versions that were ever asked.</summary>
internal static class Questionnaires
{
    public static readonly string[] Names = ["readiness", "culture"];

    /// <summary>
    /// Readiness of a cluster or a firm to begin learning together. The five parts are those that DELOS and the training literature ask for before a
    /// launch: who learns, to what end, in which time, with what, and who stands behind it.
    /// </summary>
    private static readonly Questionnaire Readiness1 = new("readiness", 1, 0, 3,
    [
        new("audience-known", "audience"), new("audience-asked", "audience"),
        new("objectives-named", "objectives"), new("objectives-measured", "objectives"),
        new("time-learners", "time"), new("time-teachers", "time"),
        new("equipment-devices", "equipment"), new("equipment-places", "equipment"),
        new("sponsor-named", "sponsor"), new("sponsor-acts", "sponsor"),
    ]);

    /// <summary>
    /// How a firm decides (crisis-driven at 0, participative at 100) and whether it practises learning. Half of the questions on decisions are put the
    /// other way round, so that always agreeing is no way to a high score.
    /// </summary>
    private static readonly Questionnaire Culture1 = new("culture", 1, 1, 5,
    [
        new("decisions-plan", "decisions"), new("decisions-fires", "decisions", Reversed: true), new("decisions-staff", "decisions"),
        new("decisions-alone", "decisions", Reversed: true), new("decisions-reasons", "decisions"),
        new("practice-mistakes", "practice"), new("practice-market", "practice"), new("practice-shown", "practice"),
        new("practice-time", "practice"), new("practice-kept", "practice"),
    ]);

    private static readonly Dictionary<(string Name, int Version), Questionnaire> All =
        new[] { Readiness1, Culture1 }.ToDictionary(q => (q.Name, q.Version));

    /// <summary>The one that is asked now.</summary>
    public static Questionnaire Current(string name) => All.Values.Where(q => q.Name == name).MaxBy(q => q.Version)
        ?? throw new ArgumentException($"No questionnaire is named {name}.", nameof(name));

    public static Questionnaire Of(string name, int version) => All[(name, version)];
}
