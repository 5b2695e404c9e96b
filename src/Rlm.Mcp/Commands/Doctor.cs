using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Rlm.Context;
using Rlm.Context.Files;
using Rlm.Context.History.Native;
using Rlm.Context.Outlines.AstGrep;
using Rlm.Mcp.Hosting;
using Rlm.Mcp.Rendering;
using Rlm.Mcp.Tools;

using Rlm.Recursion;
using Rlm.Recursion.Models;
using Rlm.Recursion.Programs;

namespace Rlm.Mcp.Commands;

/// <summary>How one thing is doing: fine, worse than it could be, or in the way of all work.</summary>
internal enum Health { Ok, Missing, Broken }

/// <summary>One thing that was looked at.</summary>
/// <param name="Name">A short constant name, also the key for programs.</param>
/// <param name="Health">How it is doing.</param>
/// <param name="Says">What was found.</param>
/// <param name="Mend">What to do about it; null when nothing needs doing.</param>
internal sealed record Finding(string Name, Health Health, string Says, string? Mend = null);

/// <summary>Looks at everything that the program depends on. Walks the root as a tool would; starts no program.</summary>
internal sealed class Doctor(IReadOnlyList<ToolDefinition> definitions, OperatorSettings settings, Shell shell)
{
    private static readonly string[] Keys = ["ANTHROPIC_API_KEY", "OPENAI_API_KEY", "GEMINI_API_KEY", "GOOGLE_API_KEY"];

    public IReadOnlyList<Finding> Examine()
    {
        var root = Root(out var folder);
        return
        [
            new("version", Health.Ok, $"rlm-mcp {ProgramVersion.Text} · .NET {Environment.Version} · {RuntimeInformation.OSDescription} · {RuntimeInformation.RuntimeIdentifier}"),
            new("program", Health.Ok, shell.ProgramPath),
            root,
            FileAccess(folder),
            .. FilesAndIndex(folder),
            Outlines(),
            Cache(),
            new("config", Health.Ok, settings.ConfigFile is { } file ? $"{file}{(settings.Warnings.Count > 0 ? $" ({settings.Warnings.Count} unknown keys)" : "")}" : $"none ({new UserFolders(shell.Variable).ConfigFile ?? "no home folder"} would be read)"),
            new("tools", Health.Ok, string.Join(", ", definitions.Select(definition => definition.Name))),
            Client("claude", "Claude Code", "npm install -g @anthropic-ai/claude-code"),
            Client("codex", "Codex", "npm install -g @openai/codex"),
            Client("gemini", "Gemini CLI", "npm install -g @google/gemini-cli"),
            new("keys", Health.Ok, Keys.Where(IsSet).ToList() is { Count: > 0 } set ? $"{string.Join(", ", set)} set (values are not looked at)" : "none in the environment"),
            Model(),
            Programs(),
            new("leaves the machine", Health.Ok, "nothing but what recurse sends to the model above, when it is one; doctor --install fetches a package and sends nothing" + (settings.Otlp is { } spans ? $"; and spans of recurse (names, tokens and times, no text) to {spans.Authority}, by --otlp" : "")),
        ];
    }

    // As a client's server would answer; nothing is sent.
    private Finding Model()
    {
        var backEnds = settings.BackEnds();
        var caller = backEnds.CallerOf(new ToolContext(false, null));
        try
        {
            if (ModelSpec.Parse(caller.BackEnd) is { BackEnd: not (BackEnd.Host or BackEnd.Extractive) } spec) _ = backEnds.Make(spec);
            return new("model", Health.Ok, caller.BackEndLine + (caller.TurnOn is { } command ? $". To let the server run them: {command}" : ""));
        }
        catch (RecursionException fault)
        {
            return new("model", Health.Missing, $"{caller.BackEnd}: {fault.Message}", fault.Next);
        }
    }

    // By the same trial as before the first program; nothing of the repository is run.
    private Finding Programs()
    {
        using var engines = new ProgramEngines(settings.Programs);
        var report = engines.Report;
        var rejected = report.Rejected.Count == 0 ? "" : $". Not taken: {string.Join("; ", report.Rejected)}";
        if (report.Name is null) return new("programs", Health.Missing, $"no engine{rejected}", settings.Programs.Engine == "auto" ? "apt-get install bubblewrap python3" : "leave --program-engine out, or mend what is said");
        var modules = report.Modules.Count == 0 ? "" : $"; imports also {string.Join(", ", report.Modules)}";
        return new("programs", Health.Ok, $"{report.Name} {report.Version}{modules}; held by {report.Isolation}{rejected}");
    }

    public static string AsText(IReadOnlyList<Finding> findings)
    {
        var text = new StringBuilder();
        foreach (var finding in findings)
        {
            text.Append($"{Sign(finding.Health)} {finding.Name,-18} {NameEscaping.Escape(finding.Says)}\n");
            if (finding.Mend is not null) text.Append($"  {"",-18} to mend: {finding.Mend}\n");
        }
        var broken = findings.Count(finding => finding.Health == Health.Broken);
        return text.Append(broken == 0 ? "\nUsable.\n" : $"\nNot usable: {broken} of these must be mended first.\n").ToString();
    }

    public static string AsJson(IReadOnlyList<Finding> findings)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteBoolean("usable", findings.All(finding => finding.Health != Health.Broken));
            writer.WriteStartArray("findings");
            foreach (var finding in findings)
            {
                writer.WriteStartObject();
                writer.WriteString("name", finding.Name);
                writer.WriteString("health", finding.Health switch { Health.Ok => "ok", Health.Missing => "missing", _ => "broken" });
                writer.WriteString("says", finding.Says);
                if (finding.Mend is not null) writer.WriteString("mend", finding.Mend);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private Finding Root(out string? folder)
    {
        var decision = new RootChooser().Choose(StartRoot.Request(settings, shell));
        folder = decision.Folder;
        return decision.Folder is not null
            ? new("root", Health.Ok, $"{decision.Folder} (chosen by {StartRoot.Source(settings, shell)})")
            : new("root", Health.Broken, $"{decision.Refusal} (chosen by {StartRoot.Source(settings, shell)})", "start with --root DIR, or lift the ban on home and / with --allow-broad-root");
    }

    private Finding FileAccess(string? folder)
    {
        if (folder is null) return new("file access", Health.Ok, "not tried without a root");
        try
        {
            using var root = RootFolder.OpenRoot(folder, settings.Portable);
            return new("file access", Health.Ok, root.GetType().Name.Contains("Portable", StringComparison.Ordinal) ? "portable" : "native (the kernel keeps every open below the root)");
        }
        catch (IOException fault)
        {
            return new("file access", Health.Broken, fault.Message, "give this user the right to list and read the root");
        }
    }

    private Finding[] FilesAndIndex(string? folder)
    {
        if (folder is null) return [new("files", Health.Ok, "not counted without a root"), new("watch", Health.Ok, "not tried without a root"), new("index", Health.Ok, "not looked at without a root")];
        try
        {
            using var store = new ContextStore(settings.ForTools(folder).Context);
            var snapshot = store.Current(progress: null, shell.Stop);
            return [new("files", Health.Ok, string.Join("; ", new[] { $"{snapshot.Files.Length:N0} covered", TextAnswer.Skipped(snapshot) }.OfType<string>())), Watch(store), Index(store, snapshot), History(store)];
        }
        catch (Exception fault) when (fault is IOException or UsageException)
        {
            return [new("files", Health.Broken, fault.Message, "give this user the right to list and read the root, and keep the cache outside of it")];
        }
        catch (ContextException fault)
        {
            return [new("index", Health.Broken, fault.Message, "leave --engine out, or build the program with that engine")];
        }
    }

    private static Finding Watch(ContextStore store)
    {
        var watching = store.TryToWatch();
        if (watching.IsLive) return new("watch", Health.Ok, $"the system tells of every edit ({watching.Reason} watched)");
        const string scanned = "edits are found by looking at the stamp of every file, for each answer where this takes less than 50 ms, else every 2 s";
        var limit = watching.Reason.Contains("max_user_instances", StringComparison.Ordinal) ? "max_user_instances" : watching.Reason.Contains("max_user_watches", StringComparison.Ordinal) ? "max_user_watches" : null;
        return limit is null ? new("watch", Health.Ok, $"{scanned}: {watching.Reason}") : new("watch", Health.Missing, $"{scanned}: {watching.Reason}", $"raise the limit: sysctl fs.inotify.{limit}");
    }

    private Finding Index(ContextStore store, Snapshot snapshot)
    {
        if (!store.Options.UsesIndex) return new("index", Health.Ok, "switched off: every search reads every file");
        var (texts, outlines) = store.Indexed();
        return texts == 0
            ? new("index", Health.Missing, "none yet: searches read the files. A server builds one from its first call on", $"{shell.ProgramName} index")
            : new("index", Health.Ok, $"{texts:N0} of {snapshot.Files.Length:N0} files searchable, {outlines:N0} outlined; the rest is read when asked");
    }

    private Finding Outlines()
    {
        const string builtIn = "C# by Roslyn, Markdown by Markdig";
        var instead = settings.CtagsProgram is { } ctags ? $"{ctags} where that is good, else by guesses" : "guesses";
        var mend = $"{shell.ProgramName} doctor --install";
        if (AstGrepRelease.ForThisMachine() is null) return new("outlines", Health.Ok, $"{builtIn}; other languages by {instead} (no ast-grep for this system)");
        if (AstGrepProgram.Find(settings.ProviderFolder) is not { } program) return new("outlines", Health.Missing, $"{builtIn}; other languages by {instead}, since ast-grep {AstGrepRelease.Version} is not installed", mend);
        return program.IsGenuine() ? new("outlines", Health.Ok, $"{builtIn}; other languages by ast-grep {AstGrepRelease.Version} ({program.Path}, checksum as pinned)")
            : new("outlines", Health.Missing, $"{builtIn}; other languages by {instead}, since {program.Path} is not the pinned ast-grep and is never run", mend);
    }

    // Where there is no repository libgit2 is not missed.
    private static Finding History(ContextStore store)
    {
        GitLibrary.SelfTest ??= Hosting.GitLibraryTest.Passes;
        var library = GitLibrary.State;
        if (!library.IsUsable) return new("history", Health.Missing, $"not available: {library.Missing}", GitLibraryState.Mend);
        var with = $"libgit2 {library.Version}{(library.Path is { } path ? $" at {path}" : "")}";
        try
        {
            using var reader = store.History.Open();
            var status = store.History.IndexStatus;
            var head = reader.HeadName is { } branch ? $"HEAD is {branch}" : "HEAD is detached";
            return new("history", Health.Ok, $"{with}; {head}{(reader.CloneNote is { } clone ? $"; {clone}" : "")}; {status.Commits:N0} commits indexed{(status.Note is { } note ? $" ({note})" : "")}, others are walked");
        }
        catch (ContextException fault)
        {
            return new("history", Health.Ok, $"{with}; {fault.Asked}");
        }
    }

    private Finding Cache()
    {
        if (settings.CacheFolder is not { } folder) return new("cache", Health.Missing, "no home folder: named sets last only as long as the process", "set HOME or --cache DIR");
        try
        {
            Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, $".probe-{Guid.NewGuid():n}");
            using (new FileStream(probe, new FileStreamOptions { Mode = FileMode.CreateNew, Access = System.IO.FileAccess.Write, Options = FileOptions.DeleteOnClose }))
            {
            }
            return new("cache", Health.Ok, $"{folder} (writable)");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new("cache", Health.Missing, $"{folder} is not writable: named sets last only as long as the process", "choose another folder with --cache DIR");
        }
    }

    private Finding Client(string program, string title, string install)
    {
        if (ProgramFinder.Find(program, shell.Variable) is not { } path) return new(program, Health.Missing, $"{title} is not on the PATH (optional)", install);
        var version = ProgramFinder.VersionOf(path);
        return new(program, Health.Ok, $"{title} {version ?? "of unknown version"} at {path}; connect it with: {shell.ProgramName} init {program}");
    }

    private bool IsSet(string variable) => !string.IsNullOrEmpty(shell.Variable(variable));

    private static string Sign(Health health) => health switch { Health.Ok => "ok     ", Health.Missing => "missing", _ => "BROKEN " };
}
