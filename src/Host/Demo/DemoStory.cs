using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;

namespace ClusterNet.Host.Demo;

/// <summary>The main job, played through the public HTTP API: founding, learning, a practice that spreads, a community, accreditation, a shared session, the pool's
/// money and rules, a skills audit and what follows from it, an auditor.</summary>
internal sealed class DemoStory(DemoApi api, DemoState state, TextWriter output)
{
    private readonly DemoCast _cast = new(api, state);
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private int _step;

    /// <param name="code">The code with which the first operator signs up; null when the state file knows the operator.</param>
    public async Task Play(string? code)
    {
        await new FoundingChapter(api, state, _cast, Say).Play(code);
        await new LearningChapter(api, state, _cast, Say).Play();
        await new SpreadChapter(api, state, _cast, Say).Play();
        await new CommunityChapter(api, state, _cast, Say).Play();
        await new AccreditationChapter(api, state, _cast, Say).Play();
        await new SessionChapter(api, state, _cast, Say).Play();
        await new PoolChapter(api, state, _cast, Say).Play();
        await new SkillsChapter(api, state, _cast, Say).Play();
        await new DevelopmentChapter(api, _cast, Say).Play();
        await new AuditChapter(api, state, _cast, Say).Play();
        await state.Once("finished", () => Task.FromResult(DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture)));
    }

    /// <summary>A file of the shipped cluster.</summary>
    public static byte[] File(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"demo/{name}")
            ?? throw new InvalidOperationException($"{name} is not embedded.");
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }

    /// <summary>A day from today on.</summary>
    public static DateOnly InDays(int days) => DateOnly.FromDateTime(DateTime.UtcNow).AddDays(days);

    /// <summary>What an import's report says, in one line.</summary>
    public static string Summary(JsonObject report) =>
        $"{report["rowsRead"]} rows read, {report["accepted"]} accepted, {report["alreadyThere"]} there already, {report["rejected"]} rejected";

    private void Say(string line) => output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {++_step,2}. [{_watch.Elapsed.TotalSeconds,5:0.0} s] {line}"));
}
