using System.Linq.Expressions;
using System.Reflection;
using ClusterNet.Privacy;

namespace ClusterNet.EventStore;

/// <summary>One personal member of an event: whose it is, of which class, and how to read it.</summary>
public sealed class PersonalMember
{
    private readonly Func<object, IPersonal> _value;
    private readonly Func<object, IId>? _subject;
    private readonly Action<object, string> _originate;

    private PersonalMember(PropertyInfo property, PersonalDataAttribute mark, PropertyInfo? subject)
    {
        (Name, KeyClass, SubjectMember, ValueType) = (property.Name, mark.KeyClass, mark.Subject, property.PropertyType.GetGenericArguments()[0]);
        _value = Getter<IPersonal>(property);
        _subject = subject is null ? null : Getter<IId>(subject);
        _originate = Originator(property);
    }

    public string Name { get; }

    public string KeyClass { get; }

    /// <summary>The member that holds the person's id, or <see cref="PersonalDataAttribute.Stream"/>.</summary>
    public string SubjectMember { get; }

    public Type ValueType { get; }

    internal Guid SubjectOf(object fact, Guid stream) => _subject is null ? stream : _subject(fact).Value;

    internal IPersonal ValueOf(object fact) => _value(fact);

    /// <summary>Notes at the member's value which envelope it was read from.</summary>
    internal void Originate(object fact, string origin) => _originate(fact, origin);

    internal static IEnumerable<PersonalMember> Of(Type eventClass)
    {
        foreach (var property in eventClass.GetProperties())
        {
            var mark = Mark(eventClass, property);
            if (!typeof(IPersonal).IsAssignableFrom(property.PropertyType))
            {
                // Anywhere but directly in the event such a value would be stored in the clear, or lost.
                if (mark is not null || HoldsPersonal(property.PropertyType, []))
                    throw new InvalidOperationException($"{eventClass.Name}.{property.Name} holds personal data: make it a Personal<T> member of the event itself.");
                continue;
            }

            if (mark is null) throw new InvalidOperationException($"{eventClass.Name}.{property.Name} is personal but not marked [PersonalData].");
            yield return new(property, mark, Subject(eventClass, property, mark));
        }
    }

    private static PropertyInfo? Subject(Type eventClass, PropertyInfo property, PersonalDataAttribute mark)
    {
        if (mark.Subject == PersonalDataAttribute.Stream) return null;
        var member = eventClass.GetProperty(mark.Subject);
        if (member is not null && typeof(IId).IsAssignableFrom(member.PropertyType)) return member;
        throw new InvalidOperationException($"{eventClass.Name}.{property.Name} names the subject {mark.Subject}, which is no Id member.");
    }

    private static PersonalDataAttribute? Mark(Type eventClass, PropertyInfo property) =>
        property.GetCustomAttribute<PersonalDataAttribute>()
        ?? eventClass.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).SelectMany(c => c.GetParameters())
            .FirstOrDefault(p => p.Name == property.Name)?.GetCustomAttribute<PersonalDataAttribute>();

    private static bool HoldsPersonal(Type type, HashSet<Type> seen)
    {
        if (!seen.Add(type) || typeof(IId).IsAssignableFrom(type)) return false;
        if (typeof(IPersonal).IsAssignableFrom(type)) return true;
        if (type.GetElementType() is { } element && HoldsPersonal(element, seen)) return true;
        if (type.GetGenericArguments().Any(t => HoldsPersonal(t, seen))) return true;
        return type.Namespace?.StartsWith("System", StringComparison.Ordinal) != true && type.GetProperties().Any(p => HoldsPersonal(p.PropertyType, seen));
    }

    private static Func<object, TMember> Getter<TMember>(PropertyInfo property)
    {
        var fact = Expression.Parameter(typeof(object));
        var member = Expression.Property(Expression.Convert(fact, property.DeclaringType!), property); // a property of a class
        return Expression.Lambda<Func<object, TMember>>(Expression.Convert(member, typeof(TMember)), fact).Compile();
    }

    /// <summary>A record's members are set once, by whoever makes it: here the decoder, before anybody sees the fact.</summary>
    private static Action<object, string> Originator(PropertyInfo property)
    {
        var (fact, origin) = (Expression.Parameter(typeof(object)), Expression.Parameter(typeof(string)));
        var typed = Expression.Convert(fact, property.DeclaringType!); // a property of a class
        var from = property.PropertyType.GetMethod(nameof(Personal<>.From), BindingFlags.Instance | BindingFlags.NonPublic)!; // declared by Personal<T>
        var set = Expression.Call(typed, property.SetMethod!, Expression.Call(Expression.Property(typed, property), from, origin)); // a positional member
        return Expression.Lambda<Action<object, string>>(set, fact, origin).Compile();
    }
}
