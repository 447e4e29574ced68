using ClusterNet.EventStore;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Skills.Contracts;

/// <summary>Where skills are used: for what is found first, and for what becomes of them when a catalogue changes. Only how often leaves a module.</summary>
public interface ISkillUses
{
    /// <summary>What uses them, such as <c>learning-records</c>; kebab-case.</summary>
    string Kind { get; }

    /// <summary>All skills that are used, with how often.</summary>
    Task<IReadOnlyList<SkillUse>> All(CancellationToken ct);

    /// <summary>How often one skill is used.</summary>
    Task<long> Of(string skillUri, CancellationToken ct);
}

/// <summary>How often a skill is used.</summary>
public sealed record SkillUse(string SkillUri, long Count);

/// <summary>Declares where a module uses skills.</summary>
public static class SkillUsesRegistration
{
    /// <param name="module">Under whose role the rows are read.</param>
    /// <param name="rows">What follows <c>from</c> in SQL: rows with a column <c>uri</c>, one for each use.</param>
    public static IServiceCollection AddSkillUses(this IServiceCollection services, string kind, string module, string rows) =>
        services.AddSingleton<ISkillUses>(p => new RowsWithSkills(kind, module, rows, p.GetRequiredService<Database>()));

    private sealed class RowsWithSkills(string kind, string module, string rows, Database database) : ISkillUses
    {
        public string Kind => kind;

        public async Task<IReadOnlyList<SkillUse>> All(CancellationToken ct) =>
            await database.Query(module, Statement.Of($"select uri, count(*) from {rows} group by uri"), r => new SkillUse(r.GetString(0), r.GetInt64(1)), ct);

        public async Task<long> Of(string skillUri, CancellationToken ct) =>
            (await database.Query(module, Statement.Of($"select count(*) from {rows} where uri = $1", skillUri), r => r.GetInt64(0), ct))[0];
    }
}
