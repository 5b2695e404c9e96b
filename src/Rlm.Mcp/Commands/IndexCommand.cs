using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Rlm.Context;
using Rlm.Context.History.Indexing;
using Rlm.Context.History.Native;
using Rlm.Context.Index.Building;
using Rlm.Mcp.Commands.Terminal;

namespace Rlm.Mcp.Commands;

/// <summary>Builds the index now, or brings it up to date; a server does the same in the background.</summary>
internal sealed class IndexCommand : ShellCommand
{
    private readonly Option<bool> _json = JsonOption();

    public IndexCommand()
        : base("index", "build or update the index now, with progress") => Options.Add(_json);

    public override IReadOnlyList<string> Examples => ["index", "index --root ~/src/app --memory 512"];

    public override int Run(ParseResult parsed, OperatorSettings settings, Shell shell)
    {
        var options = settings.ForTools(StartRoot.Choose(settings, shell)).Context;
        if (!options.UsesIndex) throw new UsageException("--no-index was given: there is nothing to build. Leave it out.");
        using var store = new ContextStore(options);
        var report = Build(store, shell);
        var commits = Commits(store, shell);
        shell.Out.WriteLine(parsed.GetValue(_json) ? Json(report, store.IndexStatus, commits) : Text(report, store.IndexStatus) + (commits is null ? "" : string.Create(CultureInfo.InvariantCulture, $"\nhistory: {commits.Commits:N0} commits indexed{(commits.Left > 0 ? $", {commits.Left:N0} left out: not in this clone" : "")}{(commits.Note is { } why ? $" ({why})" : "")}")));
        return report.Left == 0 && store.IndexStatus.State == IndexState.Ready ? ExitCodes.Done : ExitCodes.Failed;
    }

    // Null where there is no history: whoever asks for it is told why.
    private static CommitIndexStatus? Commits(ContextStore store, Shell shell)
    {
        GitLibrary.SelfTest ??= Hosting.GitLibraryTest.Passes;
        try
        {
            if (!shell.Error.IsTerminal) return store.History.BuildIndex(null, shell.Stop);
            using var bar = new WaitingDisplay(shell.Variable);
            return store.History.BuildIndex(bar, shell.Stop);
        }
        catch (ContextException)
        {
            return null;
        }
    }

    private static IndexReport Build(ContextStore store, Shell shell)
    {
        if (!shell.Error.IsTerminal) return store.BuildIndex(null, shell.Stop);
        using var bar = new WaitingDisplay(shell.Variable);
        return store.BuildIndex(bar, shell.Stop);
    }

    private static string Text(IndexReport report, IndexStatus status)
    {
        var culture = CultureInfo.InvariantCulture;
        var size = string.Create(culture, $"{report.IndexBytes / 1e6:0.0} MB ({(double)report.IndexBytes / Math.Max(1, report.TextBytes):0.00} x the text)");
        var left = report.Left == 0 ? "" : string.Create(culture, $"\nleft out: {report.Left:N0} files that were being written to or cannot be read; every search reads them");
        var note = status.Note is null ? "" : "\nnote: " + status.Note;
        return string.Create(culture, $"indexed {report.Files:N0} files, {report.TextBytes / 1e6:0.0} MB, in {report.Took.TotalSeconds:0.0} s · index {size} in {report.Folder ?? "memory only"}{left}{note}");
    }

    private static string Json(IndexReport report, IndexStatus status, CommitIndexStatus? commits) => new JsonObject
    {
        ["files"] = report.Files,
        ["bytes"] = report.TextBytes,
        ["left"] = report.Left,
        ["indexBytes"] = report.IndexBytes,
        ["folder"] = report.Folder,
        ["seconds"] = Math.Round(report.Took.TotalSeconds, 3),
        ["note"] = status.Note,
        ["commits"] = commits?.Commits,
    }.ToJsonString();
}
