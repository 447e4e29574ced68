using ClusterNet.Access.Contracts;
using ClusterNet.Learning.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Learning.Communities;

/// <summary>A page of communities whose forms carry out commands.</summary>
public abstract class CommunityFormPage : FormPage
{
    [Inject]
    private IStringLocalizer<CommunityTexts> Texts { get; set; } = null!; // injected before anything else happens

    protected override IStringLocalizer Words => Texts;
}
