using System.Text.Json;
using Rlm.Context.Outlines.AstGrep;
using Rlm.Context.Outlines.Providers;

namespace Rlm.Benchmarks;

/// <summary>Functions as tree-sitter has them, by the names of its nodes alone: what the bare provider says of texts.</summary>
internal static class RawNodes
{
    private static readonly (string Language, string Word, string[] Kinds)[] Functions =
    [
        ("python", "Python", ["function_definition"]), ("typescript", "TypeScript", ["function_declaration", "generator_function_declaration", "method_definition", "abstract_method_signature", "function_signature"]),
        ("tsx", "Tsx", ["function_declaration", "generator_function_declaration", "method_definition"]), ("javascript", "JavaScript", ["function_declaration", "generator_function_declaration", "method_definition"]),
        ("go", "Go", ["function_declaration", "method_declaration"]), ("java", "Java", ["method_declaration", "constructor_declaration"]), ("kotlin", "Kotlin", ["function_declaration", "secondary_constructor"]),
        ("rust", "Rust", ["function_item", "function_signature_item"]), ("c", "C", ["function_definition"]), ("cpp", "Cpp", ["function_definition"]), ("ruby", "Ruby", ["method", "singleton_method"]),
        ("php", "Php", ["function_definition", "method_declaration"]), ("swift", "Swift", ["function_declaration", "init_declaration", "deinit_declaration", "protocol_function_declaration"]),
        ("scala", "Scala", ["function_definition", "function_declaration"]), ("lua", "Lua", ["function_declaration"]), ("bash", "Bash", ["function_definition"]),
    ];

    /// <summary>The rules of the bare provider for all languages.</summary>
    public static string Rules => string.Join("\n---\n", Functions.Select(language => $"id: {language.Language}\nlanguage: {language.Word}\nrule: {{ any: [ {string.Join(", ", language.Kinds.Select(kind => $"{{ kind: {kind} }}"))} ] }}"));

    /// <summary>Runs the bare provider over a folder; what it writes is only counted.</summary>
    public static long Scan(AstGrepProgram program, string configuration, string folder, long bytes)
    {
        long written = 0;
        ProviderProcess.Run(new(program.Path, ["scan", "--config", configuration, "--inline-rules", Rules, "--json=stream", "."], folder, bytes * 100), line => written += line.Length, CancellationToken.None);
        return written;
    }

    /// <summary>First and last line of every function, by file name.</summary>
    public static ILookup<string, (int Start, int End)> Read(AstGrepProgram program, string configuration, string folder, long bytes)
    {
        var found = new List<(string File, int Start, int End)>();
        ProviderProcess.Run(new(program.Path, ["scan", "--config", configuration, "--inline-rules", Rules, "--json=stream", "."], folder, bytes * 100), line =>
        {
            using var match = JsonDocument.Parse(line.ToArray());
            var range = match.RootElement.GetProperty("range");
            var (end, column) = (range.GetProperty("end").GetProperty("line").GetInt32() + 1, range.GetProperty("end").GetProperty("column").GetInt32());
            found.Add((Path.GetFileName(match.RootElement.GetProperty("file").GetString()!), range.GetProperty("start").GetProperty("line").GetInt32() + 1, column == 0 ? end - 1 : end));
        }, CancellationToken.None);
        return found.ToLookup(node => node.File, node => (node.Start, node.End));
    }
}
