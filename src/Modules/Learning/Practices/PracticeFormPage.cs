using ClusterNet.Access.Contracts;
using ClusterNet.Learning.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Learning.Practices;

/// <summary>A page of practices whose forms carry out commands.</summary>
public abstract class PracticeFormPage : FormPage
{
    [Inject]
    private IStringLocalizer<PracticeTexts> Texts { get; set; } = null!; // injected before anything else happens

    protected override IStringLocalizer Words => Texts;
}
