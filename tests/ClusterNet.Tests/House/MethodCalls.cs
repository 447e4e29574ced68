using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace ClusterNet.Tests.House;

/// <summary>What methods call, read from their compiled code.</summary>
internal static class MethodCalls
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => f.GetValue(null)).OfType<OpCode>().ToDictionary(c => c.Value);

    /// <summary>All calls made by a type's methods of a name, and by what they call as far as <paramref name="follow"/> allows; lambdas are called where they are made.</summary>
    public static IReadOnlyCollection<(MethodBase From, MethodBase To)> Of(Type type, string name, Func<MethodBase, bool> follow)
    {
        var found = new HashSet<(MethodBase, MethodBase)>();
        var open = new Queue<MethodBase>(type.GetMethods(All).Where(m => m.Name == name));
        var seen = open.ToHashSet();
        while (open.TryDequeue(out var method))
        {
            foreach (var called in Direct(method))
            {
                found.Add((method, called));
                if (follow(called) && seen.Add(called)) open.Enqueue(called);
            }
        }

        return found;
    }

    /// <summary>The calls in a method's own code.</summary>
    public static IEnumerable<MethodBase> Of(MethodBase method) => method.DeclaringType is { ContainsGenericParameters: true } || method.ContainsGenericParameters ? [] : Direct(method);

    /// <summary>The fields and texts that a method's own code names.</summary>
    public static (IReadOnlyList<FieldInfo> Fields, IReadOnlyList<string> Strings) Names(MethodBase method)
    {
        var (fields, strings) = (new List<FieldInfo>(), new List<string>());
        foreach (var (opcode, token) in Tokens(method))
        {
            if (opcode.OperandType is OperandType.InlineField && method.Module.ResolveField(token, OfType(method), OfMethod(method)) is { } field) fields.Add(field);
            else if (opcode.OperandType is OperandType.InlineString) strings.Add(method.Module.ResolveString(token));
        }

        return (fields, strings);
    }

    /// <summary>The same, of generic methods as well.</summary>
    public static IEnumerable<MethodBase> Direct(MethodBase method)
    {
        // Of an asynchronous method or an iterator, the code is in a class of its own.
        if (method.GetCustomAttribute<StateMachineAttribute>()?.StateMachineType.GetMethod("MoveNext", All) is { } steps) yield return steps;
        foreach (var (opcode, token) in Tokens(method))
        {
            if (opcode.OperandType is OperandType.InlineMethod) yield return Resolve(method, token);
        }
    }

    /// <summary>The instructions of a method with what follows each: mostly a token of something that it names.</summary>
    private static IEnumerable<(OpCode Code, int Token)> Tokens(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } code) yield break;
        for (var at = 0; at < code.Length;)
        {
            var value = code[at++];
            var opcode = Codes[value == 0xFE ? (short)(0xFE00 | code[at++]) : value];
            var size = opcode.OperandType == OperandType.InlineSwitch ? 4 + (4 * BitConverter.ToInt32(code, at)) : Size(opcode.OperandType);
            if (size == 4) yield return (opcode, BitConverter.ToInt32(code, at));
            at += size;
        }
    }

    private static MethodBase Resolve(MethodBase from, int token) => from.Module.ResolveMethod(token, OfType(from), OfMethod(from))
        ?? throw new InvalidOperationException($"{from.Name} calls what cannot be found.");

    private static Type[]? OfType(MethodBase method) => method.DeclaringType?.GetGenericArguments();

    private static Type[]? OfMethod(MethodBase method) => method.IsGenericMethod ? method.GetGenericArguments() : null;

    private static int Size(OperandType type) => type switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        _ => 4,
    };
}
