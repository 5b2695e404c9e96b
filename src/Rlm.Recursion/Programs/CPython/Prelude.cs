using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Rlm.Recursion.Programs.Confinement;

namespace Rlm.Recursion.Programs.CPython;

/// <summary>What a Python worker is started with, in whatever sandbox.</summary>
internal static class Prelude
{
    private static readonly Lazy<string> Source = new(() => Read("prelude.py"));

    /// <summary>Isolated from the environment, the user's folders and <c>.pth</c> files; nothing is compiled to disk.</summary>
    public static IReadOnlyList<string> Arguments => ["-I", "-S", "-B", "-X", "utf8", "-c", Source.Value];

    /// <summary>Threads of numerical libraries are refused like all others.</summary>
    public static IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string> { ["OPENBLAS_NUM_THREADS"] = "1", ["OMP_NUM_THREADS"] = "1", ["MKL_NUM_THREADS"] = "1" };

    /// <summary>Whether there is a filter for this architecture.</summary>
    public static bool HasFilter => SeccompFilter.For(RuntimeInformation.ProcessArchitecture, mayHaveThreads: false) is not null;

    /// <summary>The first message of a worker.</summary>
    public static JsonObject Message(IReadOnlyList<string> packages) => new()
    {
        ["filter"] = SeccompFilter.For(RuntimeInformation.ProcessArchitecture, mayHaveThreads: false) is { } filter ? Convert.ToBase64String(filter) : null,
        ["packages"] = new JsonArray([.. packages.Select(folder => (JsonNode)folder)]),
    };

    /// <summary>An expression that tries what a program must not be able to do, and leaves no name behind.</summary>
    public static string Trial { get; } = Expression("paths=True");

    /// <summary>The same without what the file system shows: in a container that is the image's own.</summary>
    public static string TrialOfActions { get; } = Expression("paths=False");

    private static string Expression(string argument) => $"(lambda scope: (exec({System.Text.Json.JsonSerializer.Serialize(Read("trial.py"))}, scope), scope['trial']({argument}))[1])({{}})";

    private static string Read(string name)
    {
        using var stream = typeof(Prelude).Assembly.GetManifestResourceStream("Rlm.Recursion.Programs." + name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
