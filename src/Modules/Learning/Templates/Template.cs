using System.Diagnostics;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Privacy;

namespace ClusterNet.Learning.Templates;

internal abstract record TemplateEvent;

/// <param name="Name">By which the person knows it again.</param>
/// <param name="Visibility">Null for the usual one of each record.</param>
[StoredAs("learning_template_kept")]
internal sealed record LearningTemplateKept(
    Id<Person> Person,
    [PersonalData(nameof(LearningTemplateKept.Person), KeyClass.FreeText)] Personal<string> Name, LearningKind Kind,
    [PersonalData(nameof(LearningTemplateKept.Person), KeyClass.FreeText)] Personal<string> What, int Minutes,
    ValueList<Id<Person>> With, ValueList<string> SkillUris, Visibility? Visibility, DateTimeOffset At) : TemplateEvent;

[StoredAs("learning_template_removed")]
internal sealed record LearningTemplateRemoved(DateTimeOffset At) : TemplateEvent;

/// <summary>What somebody learns again and again, to be recorded without typing: a weekly talk, the round through the shop.</summary>
internal abstract record Template : IState<Template, TemplateEvent>
{
    public sealed record Absent : Template;

    public sealed record Kept(Id<Person> Person) : Template;

    public sealed record Removed : Template;

    public static Template Initial { get; } = new Absent();

    public static Template Evolve(Template state, TemplateEvent fact) => fact switch
    {
        LearningTemplateKept e => new Kept(e.Person),
        LearningTemplateRemoved => new Removed(),
        _ => throw new UnreachableException(fact.GetType().Name),
    };
}

internal sealed record KeepTemplate(LearningTemplateKept Kept) : ICommand<Template, TemplateEvent>
{
    public Decision<TemplateEvent> Decide(Template state) => state is Template.Absent ? Kept : Decision<TemplateEvent>.Nothing;
}

internal sealed record RemoveTemplate(DateTimeOffset Now) : ICommand<Template, TemplateEvent>
{
    public Decision<TemplateEvent> Decide(Template state) => state is Template.Kept ? new LearningTemplateRemoved(Now) : Decision<TemplateEvent>.Nothing;
}
