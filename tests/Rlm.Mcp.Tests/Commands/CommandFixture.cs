using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Rlm.Mcp.Commands;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Tests.Commands;

/// <summary>A command line in surroundings of its own: a temporary root and home, streams in memory, fake tools.</summary>
internal sealed class CommandFixture : IDisposable
{
    private readonly MemoryStream _out = new(), _error = new();
    private readonly Queue<string> _answers = new();

    public CommandFixture()
    {
        Folder = Directory.CreateTempSubdirectory("rlm-commands-").FullName;
        Root = Directory.CreateDirectory(Path.Combine(Folder, "root")).FullName;
        Home = Directory.CreateDirectory(Path.Combine(Folder, "home")).FullName;
        Variables = new() { [OperatingSystem.IsWindows() ? "USERPROFILE" : "HOME"] = Home, ["PATH"] = "" };
        Definitions = [Tool.Definition];
    }

    public string Folder { get; }

    public string Root { get; }

    public string Home { get; }

    public Dictionary<string, string> Variables { get; }

    public RecordingTool Tool { get; } = new();

    public IReadOnlyList<ToolDefinition> Definitions { get; init; }

    /// <summary>What the tools were made from, after a tool command.</summary>
    public ToolSettings? Settings { get; private set; }

    /// <summary>What the server was started with, if it was.</summary>
    public OperatorSettings? Served { get; private set; }

    public bool IsTerminal { get; set; }

    public CancellationToken Stop { get; set; }

    /// <summary>With it the real tools run, and this model is asked; the line still has to choose one.</summary>
    public IChatClient? Model { get; init; }

    private ToolSettings Scripted(ToolSettings settings) =>
        settings with { BackEnds = new(settings.Recursion, name => Variables.GetValueOrDefault(name), null) { Maker = spec => new(spec.ToString(), Model!) } };

    public string Out => Encoding.UTF8.GetString(_out.ToArray());

    public string Error => Encoding.UTF8.GetString(_error.ToArray());

    public Shell Shell => new()
    {
        Out = new(_out, IsTerminal),
        Error = new(_error, IsTerminal),
        InputIsTerminal = IsTerminal,
        ReadLine = () => _answers.TryDequeue(out var answer) ? answer : null,
        Variable = name => Variables.GetValueOrDefault(name),
        StartFolder = Root,
        ProgramPath = Path.Combine(Folder, "bin", "rlm-mcp"),
        ProgramName = "rlm-mcp",
        Stop = Stop,
    };

    /// <summary>Runs a line as <c>Main</c> would and gives the exit code.</summary>
    public int Run(params string[] arguments)
    {
        try
        {
            return Model is null ? new CommandLine(Definitions, Open, Serve).Run(arguments, Shell)
                : new CommandLine(ToolSet.Definitions, settings => ToolSet.Create(Scripted(settings)), Serve, settings => new(Scripted(settings))).Run(arguments, Shell);
        }
        catch (Exception fault)
        {
            return Faults.Report(fault, Shell.Error);
        }
    }

    public CommandFixture Answer(params string[] lines)
    {
        IsTerminal = true;
        foreach (var line in lines) _answers.Enqueue(line);
        return this;
    }

    public string File(string path, string text)
    {
        var full = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        System.IO.File.WriteAllText(full, text);
        return full;
    }

    public string Read(string path) => System.IO.File.ReadAllText(Path.Combine(Folder, path));

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private int Serve(OperatorSettings settings)
    {
        Served = settings;
        return ExitCodes.Done;
    }

    private ToolRegistry Open(ToolSettings settings)
    {
        Settings = settings;
        return new([Tool]);
    }
}

/// <summary>A tool with a parameter of every type that says what it was given.</summary>
internal sealed class RecordingTool : ITool
{
    public ToolDefinition Definition { get; } = new("probe", "Probe", "Says what it was given. Nothing else.",
    [
        new("pattern", ParameterType.Text, "what to look for") { Positional = true, Required = true },
        new("targets", ParameterType.TextList, "where") { Positional = true },
        new("mode", ParameterType.Text, "how") { Values = ["literal", "regex", "word"] },
        new("limit", ParameterType.Integer, "most"),
        new("ratio", ParameterType.Number, "share"),
        new("dry_run", ParameterType.Flag, "only pretend"),
        new("limits", ParameterType.Object, "ceilings"),
    ]);

    public IReadOnlyDictionary<string, JsonElement> Given { get; private set; } = new Dictionary<string, JsonElement>();

    public ToolContext? Context { get; private set; }

    public Func<string> Answers { get; set; } = () => "done";

    public bool IsPartial { get; set; }

    public ToolAnswer Call(ToolArguments arguments, ToolContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        (Given, Context) = (arguments.Given, context);
        return new(Answers(), IsPartial);
    }

    /// <summary>The arguments as one line of JSON, in the order of names.</summary>
    public string GivenJson => "{" + string.Join(",", Given.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"\"{pair.Key}\":{pair.Value.GetRawText()}")) + "}";
}
