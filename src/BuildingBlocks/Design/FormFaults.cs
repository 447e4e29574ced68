using System.Collections;
using System.Globalization;
using ClusterNet.Design.Resources;
using ClusterNet.Web;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Design;

/// <summary>What is wrong with a form that was sent, field by field, so that all of it can be put right at once.</summary>
public sealed class FormFaults : IEnumerable<FieldFault>
{
    private readonly List<FieldFault> _all = [];

    public bool Any => _all.Count > 0;

    /// <summary>What is wrong with one field; null for nothing.</summary>
    public string? this[string name] => _all.Find(f => f.Name == name)?.Text;

    /// <param name="name">The field's name, such as <c>Form.Email</c>; empty for the form as a whole.</param>
    /// <param name="text">What to do about it, in the reader's language.</param>
    public FormFaults Add(string name, string text)
    {
        _all.Add(new(name, text));
        return this;
    }

    public FormFaults Check(bool ok, string name, string text) => ok ? this : Add(name, text);

    /// <summary>A whole number as it was typed, from zero on; null where nothing was, and where something else was, with a fault at its field.</summary>
    public int? Whole(string? typed, string name, IStringLocalizer<DesignTexts> words)
    {
        if (string.IsNullOrWhiteSpace(typed)) return null;
        if (int.TryParse(typed.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
        Add(name, words["WholeExpected"]);
        return null;
    }

    /// <summary>A fault of the form where what it began with is not what stands there now.</summary>
    public FormFaults Unchanged(string? seen, string now, IStringLocalizer<DesignTexts> words) => Check(seen == now, "", words["ChangedMeanwhile"]);

    /// <summary>Takes over what a request body of the API finds wrong with itself.</summary>
    /// <param name="say">The fault in the reader's language.</param>
    /// <param name="form">Before the dot of the fields' names.</param>
    public FormFaults Add(Faults faults, Func<Fault, string> say, string form = "Form")
    {
        foreach (var fault in faults.All)
        {
            var member = fault.At.TrimStart('#', '/').Replace('/', '.');
            Add(member.Length == 0 ? "" : $"{form}.{char.ToUpperInvariant(member[0])}{member[1..]}", say(fault));
        }

        return this;
    }

    public IEnumerator<FieldFault> GetEnumerator() => _all.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Something wrong with a field.</summary>
/// <param name="Name">As <see cref="FieldBase.Name"/>; empty for the form as a whole.</param>
public sealed record FieldFault(string Name, string Text);
