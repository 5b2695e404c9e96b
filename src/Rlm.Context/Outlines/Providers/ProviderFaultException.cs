namespace Rlm.Context.Outlines.Providers;

/// <summary>A provider did not do a batch. The message says why in a word or two, for the outlines that are made otherwise.</summary>
internal sealed class ProviderFaultException(string why) : Exception(why)
{
    /// <summary>It lies with the machine at this moment and not with the texts: another time they may be outlined.</summary>
    public bool IsPassing { get; init; }
}
