using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ClusterNet.Access.Contracts;
using ClusterNet.Design;
using ClusterNet.Design.Resources;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Shouldly;

namespace ClusterNet.Tests.House;

/// <summary>
/// A form that is refused says so in the reader's language: every refusal that a page's commands can answer has a text where
/// <see cref="ProblemWords"/> looks for it. Pages, and what their forms can reach, are read from the compiled code; what only the API answers is not reached.
/// </summary>
public partial class RefusalWordTests
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Type[] Types =
    [
        .. Directory.EnumerateFiles(AppContext.BaseDirectory, "ClusterNet.*.dll").Select(f => Assembly.Load(Path.GetFileNameWithoutExtension(f)))
            .Where(a => a != typeof(RefusalWordTests).Assembly).SelectMany(a => a.GetTypes()),
    ];

    /// <summary>What stands behind the interfaces of the modules; a notice's action answers for itself.</summary>
    private static readonly ILookup<MethodBase, MethodBase> Behind = Types.Where(t => t is { IsInterface: false, ContainsGenericParameters: false })
        .SelectMany(t => t.GetInterfaces().Where(i => IsOfModule(i.Assembly) && i != typeof(INoticeAction)).Select(t.GetInterfaceMap))
        .SelectMany(map => map.InterfaceMethods.Zip(map.TargetMethods)).ToLookup(m => (MethodBase)m.First, m => (MethodBase)m.Second);

    public static TheoryData<Type> Forms => [.. Types.Where(t => !t.IsAbstract && Answering(t).Count > 0)];

    [Fact]
    public void Many_pages_have_forms() => Forms.Count.ShouldBeGreaterThan(100);

    [Fact]
    public void What_a_form_can_reach_is_found()
    {
        var page = Types.Single(t => t.FullName == "ClusterNet.Resources.Accounts.CostsPage");

        var codes = Reached(Answering(page));

        foreach (var code in (string[])["session-settled", "nothing-to-share", "coordinator-only", "stale-version"]) codes.ShouldContain(code);
        codes.ShouldNotContain("period-closed");
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_refusal_is_said_in_the_readers_language(Type form)
    {
        var texts = TextsOf(form);
        Type?[] sources = [texts, texts.Assembly.GetType($"{texts.Namespace}.Texts"), typeof(DesignTexts)];
        var said = sources.OfType<Type>().SelectMany(Texts).ToHashSet(StringComparer.Ordinal);
        var missing = Reached(Answering(form)).Where(code => !said.Contains(code)).Order(StringComparer.Ordinal);
        missing.ShouldBeEmpty($"{texts.Name} has no Problem-… for them.");
    }

    [Fact]
    public void No_text_is_for_a_refusal_that_no_form_meets()
    {
        var met = Forms.Select(row => row.Data).GroupBy(f => f.Assembly).ToDictionary(m => m.Key, m => m.SelectMany(f => Reached(Answering(f))).ToHashSet(StringComparer.Ordinal));
        var offenders = new List<string>();
        foreach (var texts in Types.Where(t => met.ContainsKey(t.Assembly) && t.Namespace == $"{t.Assembly.GetName().Name}.Resources" && t.Name.EndsWith("Texts", StringComparison.Ordinal)))
        {
            var code = string.Join('\n', TextTests.Sources("*.razor", FolderOf(texts)).Select(File.ReadAllText));
            offenders.AddRange(Texts(texts).Where(c => !met[texts.Assembly].Contains(c) && !code.Contains($"\"Problem-{c}\"", StringComparison.Ordinal)).Select(c => $"{texts.Name}: {c}"));
        }

        offenders.ShouldBeEmpty();
    }

    /// <summary>The methods of a page that show what became of a command; of a notice that asks, what is done from it.</summary>
    private static HashSet<MethodBase> Answering(Type page)
    {
        if (typeof(INoticeAction).IsAssignableFrom(page)) return [.. page.GetMethods(All).Where(m => m.Name == nameof(INoticeAction.Do))];
        if (!typeof(ComponentBase).IsAssignableFrom(page)) return [];
        var own = new List<MethodBase>();
        for (var type = page; type is not null && type != typeof(ComponentBase); type = type.BaseType) own.AddRange(Nested(type).SelectMany(t => t.GetMethods(All)));
        own.RemoveAll(m => m.GetParameters().Any(p => p.ParameterType.Name == "RenderTreeBuilder") || m.DeclaringType?.Name == "FormPage");
        var forms = new HashSet<MethodBase>();
        for (var before = -1; before < forms.Count;)
        {
            before = forms.Count;
            forms.UnionWith(own.Where(m => MethodCalls.Direct(m).Any(called => forms.Contains(Plain(called)) || Shows(called))));
        }

        return forms;
    }

    private static bool Shows(MethodBase called) => (called.DeclaringType?.Name, called.Name) is
        ("FormPage", "Send") or ("ProblemWords", "Of") or ("Pages", "Take") or ("Words", "Of" or "Accept") or ("SelfServicePage", "Taken");

    /// <summary>A generic method as it is written.</summary>
    private static MethodBase Plain(MethodBase method) => method is MethodInfo { IsGenericMethod: true } generic ? generic.GetGenericMethodDefinition() : method;

    private static IEnumerable<Type> Nested(Type type) => type.GetNestedTypes(All).SelectMany(Nested).Append(type);

    private static HashSet<string> Reached(IEnumerable<MethodBase> from)
    {
        var (codes, open) = (new HashSet<string>(StringComparer.Ordinal), new Queue<MethodBase>(from));
        var seen = open.ToHashSet();
        while (open.TryDequeue(out var method))
        {
            var (fields, strings) = MethodCalls.Names(method);
            codes.UnionWith(fields.Where(f => f is { IsStatic: true, DeclaringType.ContainsGenericParameters: false })
                .Where(f => f.FieldType == typeof(Refusal)).Select(f => ((Refusal)f.GetValue(null)!).Code)); // set where declared
            foreach (var called in MethodCalls.Direct(method))
            {
                if (IsRefusal(called)) codes.UnionWith(strings.Where(s => Code().IsMatch(s)));
                // A command that is made is carried out.
                var more = called.IsConstructor && called.DeclaringType is { } made && IsCommand(made) ? made.GetMethods(All).Where(m => m.Name == "Decide") : Behind[called];
                foreach (var next in more.Append(called).Where(n => IsOurs(n) && seen.Add(n))) open.Enqueue(next);
            }
        }

        return codes;
    }

    /// <summary>Makes one on the spot.</summary>
    private static bool IsRefusal(MethodBase called) =>
        called.DeclaringType == typeof(Refusal) ? called.IsConstructor : called.DeclaringType == typeof(Problems) && called.Name == nameof(Problems.Of);

    private static bool IsCommand(Type type) => type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ICommand<,>));

    private static bool IsOurs(MethodBase method) => method.DeclaringType?.Assembly.GetName().Name?.StartsWith("ClusterNet.", StringComparison.Ordinal) == true;

    private static bool IsOfModule(Assembly assembly) => assembly != typeof(Refusal).Assembly && assembly.GetName().Name?.StartsWith("ClusterNet.", StringComparison.Ordinal) == true;

    /// <summary>Whose texts a page names first: those called Text, in the page or what it derives from; of a notice's action, those that it is made with.</summary>
    private static Type TextsOf(Type page)
    {
        if (typeof(INoticeAction).IsAssignableFrom(page))
            return page.GetConstructors().SelectMany(c => c.GetParameters()).Select(p => p.ParameterType).Single(IsTexts).GetGenericArguments()[0];
        for (var type = page; type is not null; type = type.BaseType)
        {
            var texts = type.GetProperties(All).Where(p => IsTexts(p.PropertyType)).ToList();
            if ((texts.Find(p => p.Name == "Text") ?? texts.Find(p => p.Name == "Texts")) is { } text) return text.PropertyType.GetGenericArguments()[0];
        }

        throw new InvalidOperationException($"{page.Name} has no texts.");
    }

    private static bool IsTexts(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IStringLocalizer<>);

    /// <summary>The refusals that have a text there.</summary>
    private static IEnumerable<string> Texts(Type texts) => XDocument.Load(Path.Combine(FolderOf(texts), "Resources", $"{texts.Name}.resx")).Descendants("data")
        .Select(d => Said().Match(d.Attribute("name")?.Value ?? "")).Where(m => m.Success).Select(m => m.Groups[1].Value);

    private static string FolderOf(Type texts)
    {
        var folder = texts == typeof(DesignTexts) ? "BuildingBlocks/Design" : $"Modules/{texts.Assembly.GetName().Name?["ClusterNet.".Length..]}";
        return Path.Combine(TestServer.RepositoryRoot(), "src", folder);
    }

    [GeneratedRegex("^Problem-(.+)$")]
    private static partial Regex Said();

    [GeneratedRegex("^[a-z]+(-[a-z]+)+$")]
    private static partial Regex Code();
}
