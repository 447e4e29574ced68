using ClusterNet.Access.Contracts;
using ClusterNet.Learning.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Learning.Signals;

/// <summary>A page of signals whose forms carry out commands.</summary>
public abstract class SignalFormPage : FormPage
{
    [Inject]
    private IStringLocalizer<SignalTexts> Texts { get; set; } = null!; // injected before anything else happens

    protected override IStringLocalizer Words => Texts;
}
