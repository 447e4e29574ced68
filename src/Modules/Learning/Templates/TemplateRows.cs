using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Privacy;
using ClusterNet.Projections;

namespace ClusterNet.Learning.Templates;

internal sealed record TemplateRow(
    Id<Template> Id, Id<Person> Person, Personal<string> Name, LearningKind Kind, Personal<string> What, int Minutes, Guid[] WithPersons, string[] SkillUris,
    Visibility? Visibility, DateTimeOffset KeptAt, long Version);

/// <summary>Templates as they are now; removed ones are gone.</summary>
internal sealed class TemplateRows() : InlineProjection<TemplateEvent, TemplateRow>(LearningModule.Name, Table)
{
    public static readonly Table<TemplateRow> Table = new(LearningModule.Name, "templates", nameof(TemplateRow.Id)) { Indexes = ["(person, kept_at)"] };

    protected override TemplateRow? Apply(TemplateRow? row, Recorded<TemplateEvent> recorded) => recorded.Fact switch
    {
        LearningTemplateKept e => new(
            new(recorded.Stream), e.Person, e.Name, e.Kind, e.What, e.Minutes, [.. e.With.Select(p => p.Value)], [.. e.SkillUris], e.Visibility, e.At, recorded.Version),
        _ => null,
    };
}
