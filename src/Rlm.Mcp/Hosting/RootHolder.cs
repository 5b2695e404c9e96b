using ModelContextProtocol.Server;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Hosting;

/// <summary>
/// The tools over the root: opened by the first call that needs them, once. Where the operator's root was refused, the client is asked for
/// its roots; as long as there is none, every call is answered by <c>not_available</c> and the setting that helps.
/// </summary>
#pragma warning disable CA1001 // A SemaphoreSlim without a wait handle holds nothing to dispose; calls may outlive the host.
internal sealed class RootHolder(ServeSettings settings, RootChooser chooser)
#pragma warning restore CA1001
{
    private const int MaxQuestions = 3; // a client that never answers costs no more waiting than this

    private readonly SemaphoreSlim _asking = new(1, 1);
    private readonly Lock _opening = new();
    private RootDecision _root = chooser.Choose(settings.Root);
    private ToolRegistry? _registry;
    private int _questions;

    /// <summary>The root as far as it is known.</summary>
    public RootDecision Root => _root;

    /// <summary>Asks the client where that is needed and possible.</summary>
    public async Task SettleAsync(McpServer client, CancellationToken cancellationToken)
    {
        if (_root.Folder is not null) return;
        await _asking.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_root.Folder is not null || _questions >= MaxQuestions) return;
            _questions++;
            var uris = await ClientRoots.AskAsync(client, settings.RootsTime, cancellationToken).ConfigureAwait(false);
            if (chooser.FromClient(uris, settings.Root) is { } folder) _root = new(folder);
        }
        finally
        {
            _asking.Release();
        }
    }

    /// <summary>The tools. Touches the disk the first time: call it on the call's own thread.</summary>
    /// <exception cref="ToolException">There is no root (<c>not_available</c>).</exception>
    public ToolRegistry Open()
    {
        if (_root.Folder is not { } folder) throw new ToolException(ErrorCodes.NotAvailable, $"there is no root folder to work on: {_root.Refusal}", RootDecision.Remedy);
        lock (_opening) return _registry ??= settings.Open(folder);
    }

    /// <summary>Ends what goes on behind the tools, on a thread of its own: those of the pool may all be taken by calls that wait for it.</summary>
    public Task EndAsync() => _registry?.End is { } end ? Task.Factory.StartNew(end, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default) : Task.CompletedTask;
}
