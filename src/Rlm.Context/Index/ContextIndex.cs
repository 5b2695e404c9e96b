namespace Rlm.Context.Index;

/// <summary>The index of one store: opened, followed and, in the background, kept up to date.</summary>
internal sealed class ContextIndex : IDisposable
{
    private IEngineSnapshot? _newest;

    /// <summary>The newest committed state laid beside a snapshot; null when there is no index to be had: then read every file.</summary>
    public IndexView? View(Snapshot snapshot) => _newest is null ? null : IndexView.Of(_newest, snapshot);

    /// <summary>To be called when a view threw <see cref="IndexDamagedException"/>: the index is made anew, and until then there is none.</summary>
    public void Distrust() => _newest = null;

    /// <inheritdoc/>
    public void Dispose() => _newest?.Dispose();
}
