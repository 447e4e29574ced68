namespace ClusterNet.Learning.Resources;

/// <summary>The texts of signals and of their notices: SignalTexts.resx (English), .de.resx, .fr.resx.</summary>
internal sealed class SignalTexts
{
    private SignalTexts()
    {
    }
}
