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
        Json = new JsonSerializerOptions
        {
            TypeInfoResolver = JsonTypeInfoResolver.Combine([.. all.Select(m => (IJsonTypeInfoResolver)m.Json)]).WithAddedModifier(HidePersonalMembers),
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
        };
        Json.MakeReadOnly();
        var types = all.SelectMany(m => Declared(m.Assembly).Select(t => new EventType(t, m.Name, Json))).ToList();
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

    internal static IEnumerable<Type> Declared(Assembly assembly) =>
        assembly.GetTypes().Where(t => t.GetCustomAttribute<StoredAsAttribute>(inherit: false) is not null);

    private static void HidePersonalMembers(JsonTypeInfo info)
    {
        foreach (var property in info.Properties)
        {
            if (typeof(IPersonal).IsAssignableFrom(property.PropertyType)) property.ShouldSerialize = static (_, _) => false;
        }
    }
}

/// <summary>One kind of event: its stored name, schema and personal members.</summary>
public sealed class EventType
{
    internal EventType(Type eventClass, string module, JsonSerializerOptions json)
    {
        var declared = eventClass.GetCustomAttribute<StoredAsAttribute>(inherit: false)!; // only declared classes come here
        (Class, Module, Name, Schema) = (eventClass, module, declared.Name, declared.Schema);
        DotnetName = $"{eventClass.FullName}, {eventClass.Assembly.GetName().Name}";
        Info = json.GetTypeInfo(eventClass);
        Personal = [.. PersonalMember.Of(eventClass, json)];
    }

    public Type Class { get; }

    public string Name { get; }

    public int Schema { get; }

    public string Module { get; }

    public string DotnetName { get; }

    /// <summary>The members that live in envelopes: the inventory that export and erasure use as well.</summary>
    public IReadOnlyList<PersonalMember> Personal { get; }

    internal JsonTypeInfo Info { get; }
}

/// <summary>One personal member of an event: whose it is, of which class, and how to read it.</summary>
public sealed class PersonalMember
{
    private readonly Func<object, object?> _value;
    private readonly Func<object, object?>? _subject;

    private PersonalMember(string name, string keyClass, string subjectMember, Func<object, object?> value, Func<object, object?>? subject, Type valueType) =>
        (Name, KeyClass, SubjectMember, _value, _subject, ValueType) = (name, keyClass, subjectMember, value, subject, valueType);

    public string Name { get; }

    public string KeyClass { get; }

    /// <summary>The member that holds the person's id, or <see cref="PersonalDataAttribute.Stream"/>.</summary>
    public string SubjectMember { get; }

    public Type ValueType { get; }

    internal Guid SubjectOf(object fact, Guid stream) => _subject is null ? stream : ((IId)_subject(fact)!).Value; // checked in Of: the member is an Id

    internal IPersonal ValueOf(object fact) => (IPersonal)_value(fact)!; // checked in Of: the member is a Personal

    internal static IEnumerable<PersonalMember> Of(Type eventClass, JsonSerializerOptions json)
    {
        foreach (var property in eventClass.GetProperties().Where(p => typeof(IPersonal).IsAssignableFrom(p.PropertyType)))
        {
            var mark = property.GetCustomAttribute<PersonalDataAttribute>()
                ?? eventClass.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).SelectMany(c => c.GetParameters())
                    .FirstOrDefault(p => p.Name == property.Name)?.GetCustomAttribute<PersonalDataAttribute>()
                ?? throw new InvalidOperationException($"{eventClass.Name}.{property.Name} is personal but not marked [PersonalData].");
            Func<object, object?>? subject = null;
            if (mark.Subject != PersonalDataAttribute.Stream)
            {
                var member = eventClass.GetProperty(mark.Subject);
                if (member is null || !typeof(IId).IsAssignableFrom(member.PropertyType))
                    throw new InvalidOperationException($"{eventClass.Name}.{property.Name} names the subject {mark.Subject}, which is no Id member.");
                subject = member.GetValue;
            }

            yield return new(property.Name, mark.KeyClass, mark.Subject, property.GetValue, subject, property.PropertyType.GetGenericArguments()[0]);
        }
    }
}
