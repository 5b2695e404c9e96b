using System.Diagnostics;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Rlm.Benchmarks.Relations;

/// <summary>A project as a real build compiles it: MSBuild is asked for the compiler's own arguments. Runs the build of that folder, so the folder must be a trusted copy.</summary>
internal static class CompilerTruth
{
    /// <summary>The compilation; null, told on stderr, when the project does not build here.</summary>
    public static CSharpCompilation? Of(string project, string framework)
    {
        if (Run(project, "build", "-nologo", "-v:q", $"-p:TargetFramework={framework}", "-p:TreatWarningsAsErrors=false", "-p:NuGetAudit=false") is null) return null;
        var output = Run(project, "msbuild", "-t:ResolveReferences;CoreCompile", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true", "-p:BuildProjectReferences=false", "-p:NonExistentFile=__none__", $"-p:TargetFramework={framework}", "-getItem:CscCommandLineArgs");
        if (output is null) return null;
        using var json = JsonDocument.Parse(output[output.IndexOf('{', StringComparison.Ordinal)..]);
        var arguments = json.RootElement.GetProperty("Items").GetProperty("CscCommandLineArgs").EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!);
        var folder = Path.GetDirectoryName(project)!;
        var parsed = CSharpCommandLineParser.Default.Parse(arguments, folder, sdkDirectory: null);
        var parsing = parsed.ParseOptions.WithDocumentationMode(DocumentationMode.Parse);
        var trees = parsed.SourceFiles.Select(file => CSharpSyntaxTree.ParseText(SourceText.From(File.ReadAllText(file.Path), System.Text.Encoding.UTF8), parsing, file.Path)).ToList();
        var references = parsed.MetadataReferences.Select(reference => MetadataReference.CreateFromFile(Path.IsPathRooted(reference.Reference) ? reference.Reference : Path.Combine(folder, reference.Reference), reference.Properties)).ToList();
        trees.AddRange(Generated(parsed, folder, parsing));
        var compilation = CSharpCompilation.Create(parsed.CompilationName, trees, references, parsed.CompilationOptions.WithStrongNameProvider(new DesktopStrongNameProvider(parsed.KeyFileSearchPaths)));
        var errors = compilation.GetDiagnostics().Where(found => found.Severity == DiagnosticSeverity.Error).ToList();
        // A truth with errors of its own is none where they are.
        if (errors.Count > 0) Console.Error.WriteLine($"{project}: the build's own compilation has {errors.Count} errors here, such as {errors[0]}");
        return compilation;
    }

    // What source generators wrote when the folder was built with EmitCompilerGeneratedFiles; otherwise none.
    private static IEnumerable<SyntaxTree> Generated(CSharpCommandLineArguments parsed, string folder, CSharpParseOptions parsing) =>
        parsed.GeneratedFilesOutputDirectory is { } written && Directory.Exists(Path.Combine(folder, written))
            ? Directory.EnumerateFiles(Path.Combine(folder, written), "*.cs", SearchOption.AllDirectories).Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), parsing, file)) : [];

    private static string? Run(string project, string verb, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, WorkingDirectory = Path.GetDirectoryName(project)! };
        foreach (var argument in (string[])[verb, project, .. arguments]) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode == 0) return output;
        Console.Error.WriteLine($"{project}: dotnet {verb} failed: {output[..Math.Min(600, output.Length)]}");
        return null;
    }
}
