using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ClusterNet.Privacy;

namespace ClusterNet.EventStore;

/// <summary>The name under which an event is stored, for ever: snake_case, the aggregate first. Raise <paramref name="schema"/> with an upcaster.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class StoredAsAttribute(string name, int schema = 1) : Attribute
{
    public string Name { get; } = name;

    public int Schema { get; } = schema;
}

/// <summary>What one module declares: its events and the generated serializer that knows them.</summary>
public sealed record EventModule(string Name, Assembly Assembly, JsonSerializerContext Json);

/// <summary>All event types of the installation by stored name and by class. Start-up fails when a declaration is wrong.</summary>
public sealed class EventTypes
{
    private readonly FrozenDictionary<string, EventType> _byName;
    private readonly FrozenDictionary<Type, EventType> _byClass;

    public EventTypes(IEnumerable<EventModule> modules, IEnumerable<Upcaster> upcasters)
    {
        var all = modules.ToList();
        // Generated contracts first; reflection only for what a personal member holds, which the generator does not look into.
        var contracts = JsonTypeInfoResolver.Combine([.. all.Select(m => (IJsonTypeInfoResolver)m.Json), new DefaultJsonTypeInfoResolver()])
            .WithAddedModifier(HidePersonalMembers);
        Json = new JsonSerializerOptions { TypeInfoResolver = contracts };
        Json.MakeReadOnly();
        var foreign = new JsonSerializerOptions
        {
            TypeInfoResolver = contracts.WithAddedModifier(DemandMembers),
            PropertyNameCaseInsensitive = true,
            RespectNullableAnnotations = true,
        };
        foreign.MakeReadOnly();
        var types = all.GroupBy(m => m.Assembly).SelectMany(Declared).Select(d => new EventType(d.Type, d.Module.Name, Json, foreign)).ToList();
        if (types.GroupBy(t => t.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new InvalidOperationException($"{string.Join(" and ", twice.Select(t => t.Class.FullName))} are both stored as {twice.Key}.");
        _byClass = types.ToFrozenDictionary(t => t.Class);
        _byName = types.ToFrozenDictionary(t => t.Name, StringComparer.Ordinal);
        Upcasters = upcasters.ToFrozenDictionary(u => (u.EventName, u.FromSchema));
    }

    /// <summary>Event data as stored: Marten's default casing (member names as declared), personal members left out.</summary>
    public JsonSerializerOptions Json { get; }

    public IEnumerable<EventType> All => _byClass.Values;

    internal FrozenDictionary<(string, int), Upcaster> Upcasters { get; }

    public EventType Of(Type eventClass) =>
        _byClass.TryGetValue(eventClass, out var type) ? type : throw new InvalidOperationException($"{eventClass.Name} has no [StoredAs] name or its module is not added.");

    public EventType? Find(string storedName) => _byName.GetValueOrDefault(storedName);

    /// <summary>The stored names of all events of one family, such as all facts of a learning record.</summary>
    public string[] NamesOf(Type family) => [.. All.Where(t => family.IsAssignableFrom(t.Class)).Select(t => t.Name)];

    /// <summary>Several modules may live in one assembly: an event belongs to the first whose serializer knows it.</summary>
    private static IEnumerable<(Type Type, EventModule Module)> Declared(IGrouping<Assembly, EventModule> modules)
    {
        foreach (var type in modules.Key.GetTypes().Where(t => t.GetCustomAttribute<StoredAsAttribute>(inherit: false) is not null))
        {
            yield return modules.FirstOrDefault(m => m.Json.GetTypeInfo(type) is not null) is { } module
                ? (type, module)
                : throw new InvalidOperationException($"{type.Name} is not declared [JsonSerializable] in {modules.First().Json.GetType().Name}.");
        }
    }

    private static void HidePersonalMembers(JsonTypeInfo info)
    {
        foreach (var property in info.Properties)
        {
            if (typeof(IPersonal).IsAssignableFrom(property.PropertyType)) property.ShouldSerialize = static (_, _) => false;
        }
    }

    /// <summary>A foreign writer's data must have every member that is not nullable: a fact with holes would be worse than none.</summary>
    private static void DemandMembers(JsonTypeInfo info)
    {
        foreach (var property in info.Properties)
        {
            if (property.AssociatedParameter is { IsNullable: false } && !typeof(IPersonal).IsAssignableFrom(property.PropertyType))
                property.IsRequired = true;
        }
    }
}

/// <summary>One kind of event: its stored name, schema and personal members.</summary>
public sealed class EventType
{
    internal EventType(Type eventClass, string module, JsonSerializerOptions json, JsonSerializerOptions foreign)
    {
        var declared = eventClass.GetCustomAttribute<StoredAsAttribute>(inherit: false)!; // only declared classes come here
        (Class, Module, Name, Schema) = (eventClass, module, declared.Name, declared.Schema);
        HeadersStart = $$"""{"module":"{{JsonEncodedText.Encode(module)}}","schema":{{Schema}}""";
        DotnetName = $"{eventClass.FullName}, {eventClass.Assembly.GetName().Name}";
        (Info, ForeignInfo) = (json.GetTypeInfo(eventClass), foreign.GetTypeInfo(eventClass));
        Personal = [.. PersonalMember.Of(eventClass)];
    }

    public Type Class { get; }

    public string Name { get; }

    public int Schema { get; }

    public string Module { get; }

    public string DotnetName { get; }

    /// <summary>The members that live in envelopes: the inventory that export and erasure use as well.</summary>
    public IReadOnlyList<PersonalMember> Personal { get; }

    internal JsonTypeInfo Info { get; }

    /// <summary>What the headers of all such events begin with.</summary>
    internal string HeadersStart { get; }

    /// <summary>For what others wrote: any casing, nothing missing.</summary>
    internal JsonTypeInfo ForeignInfo { get; }
}
