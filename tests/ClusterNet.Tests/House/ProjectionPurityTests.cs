using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Tests.EventStore.Fakes;
using Shouldly;

namespace ClusterNet.Tests.House;

/// <summary>
/// A projection is a pure function of facts: no clock, chance, culture, time zone, I/O, nothing that only the store knows, and no branch on personal
/// data, or a replay gives other rows than the live ones. Projections are found in the assemblies, and what they call is looked at as well.
/// </summary>
public class ProjectionPurityTests
{
    private static readonly Type[] Outside =
    [
        typeof(TimeProvider), typeof(Random), typeof(RandomNumberGenerator), typeof(CultureInfo), typeof(Environment), typeof(TimeZoneInfo),
        typeof(File), typeof(Directory), typeof(Console), typeof(HttpClient), typeof(Thread), typeof(IEventStore), typeof(Database),
    ];

    private static readonly string[] Outlawed =
    [
        "DateTime.get_Now", "DateTime.get_UtcNow", "DateTime.get_Today", "DateTimeOffset.get_Now", "DateTimeOffset.get_UtcNow", "DateTime.ToLocalTime",
        "DateTimeOffset.ToLocalTime", "DateTimeOffset.get_LocalDateTime", "Guid.NewGuid", "Guid.CreateVersion7", "Stopwatch.GetTimestamp",
        "Recorded.get_Metadata", "Recorded.get_Id", "Recorded.get_SeqId", "Recorded`1.get_Metadata", "Recorded`1.get_Id",
        "Personal`1.get_IsKnown", "Personal`1.TryGet", "Personal`1.Or", "Personal`1.ToString", "IPersonal.get_Value", "IPersonal.get_IsKnown",
    ];

    public static TheoryData<Type> Projections =>
        [.. Directory.EnumerateFiles(AppContext.BaseDirectory, "ClusterNet.*.dll").Select(f => Assembly.Load(Path.GetFileNameWithoutExtension(f)))
            .SelectMany(a => a.GetTypes()).Where(t => !t.IsAbstract && t.DeclaringType != typeof(ProjectionPurityTests))
            .Where(t => typeof(IInlineProjection).IsAssignableFrom(t) || typeof(LedgerProjection).IsAssignableFrom(t))];

    [Fact]
    public void All_modules_have_projections() => Projections.Count.ShouldBeGreaterThan(15);

    [Theory]
    [MemberData(nameof(Projections))]
    public void A_projection_is_pure(Type projection) => Offences(projection).ShouldBeEmpty();

    [Fact]
    public void Impure_ones_are_found()
    {
        var said = string.Join('\n', Offences(typeof(Impure)));

        foreach (var offence in (string[])["get_UtcNow", "NewGuid", "OrderBy", "TryGet", "get_Metadata", "get_At", "AppendFormatted", "ReadAllText"])
            said.ShouldContain(offence);
    }

    private static IEnumerable<string> Offences(Type projection)
    {
        var inline = typeof(IInlineProjection).IsAssignableFrom(projection);
        return MethodCalls.Of(projection, "Apply", IsOurs).Where(c => IsImpure(c.To) || (inline && IsStoreTime(c.To)))
            .Select(c => $"{c.From.DeclaringType?.Name}.{c.From.Name} calls {c.To.DeclaringType?.Name}.{c.To.Name}").Distinct();
    }

    /// <summary>Modules' code is followed; what building blocks do inside is theirs.</summary>
    private static bool IsOurs(MethodBase method) => method.DeclaringType?.Assembly.GetName().Name is { } name
        && name.StartsWith("ClusterNet.", StringComparison.Ordinal) && name != typeof(Replay).Assembly.GetName().Name;

    private static bool IsImpure(MethodBase method)
    {
        var type = method.DeclaringType ?? typeof(object);
        return (Outside.Any(o => o.IsAssignableFrom(type)) && method.Name != "get_InvariantCulture")
            || Outlawed.Contains($"{type.Name}.{method.Name}") || IsCultural(method, type);
    }

    /// <summary>An inline row is written before its event has a time of storage.</summary>
    private static bool IsStoreTime(MethodBase method) => method.DeclaringType?.Name is "Recorded" or "Recorded`1" && method.Name == "get_At";

    /// <summary>Texts and numbers whose form or order depends on where the program runs.</summary>
    private static bool IsCultural(MethodBase method, Type type)
    {
        var parameters = method.GetParameters().Select(p => p.ParameterType).ToArray();
        var told = parameters.Any(p => typeof(IFormatProvider).IsAssignableFrom(p) || p == typeof(StringComparison) || typeof(System.Collections.IComparer).IsAssignableFrom(p)
            || (p.IsGenericType && p.GetGenericTypeDefinition() == typeof(IComparer<>)));
        if (told) return false;
        if (type == typeof(string)) return method.Name is "ToLower" or "ToUpper" or "Compare" or "CompareTo" || (method.Name is "StartsWith" or "EndsWith" or "IndexOf" or "LastIndexOf" && parameters[0] == typeof(string)) || (method.Name == "Format");
        if (method.Name is "ToString" or "Parse" or "TryParse" or "TryFormat") return IsFormatted(type);
        var generic = method.IsGenericMethod ? method.GetGenericArguments() : [];
        if (method.Name == "AppendFormatted") return generic.Any(IsFormatted);
        return type == typeof(Enumerable) && method.Name is "OrderBy" or "OrderByDescending" or "Order" or "ThenBy" or "Max" or "Min" && generic.Length > 0 && generic[^1] == typeof(string);
    }

    private static bool IsFormatted(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is var bare
        && bare != typeof(Guid) && bare.Namespace == "System" && bare.IsValueType && typeof(IFormattable).IsAssignableFrom(bare);

    private sealed class Impure() : InlineProjection<VisitFact, TallyRow>(Fake.Module, TallyList.Table)
    {
        protected override TallyRow? Apply(TallyRow? row, Recorded<VisitFact> recorded)
        {
            if (recorded.Fact is not VisitPlanned planned || !planned.GuestName.TryGet(out var name)) return row;
            var words = name.Split(' ').OrderBy(w => w).ToList();
            var text = $"{DateTimeOffset.UtcNow} {Guid.NewGuid()} {recorded.At} {recorded.Metadata.Actor}";
            return words.Count > name.Length ? null : new(recorded.Stream, text.Length, File.ReadAllText(name).Length, null, default);
        }
    }
}
