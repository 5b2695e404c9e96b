using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Rlm.Context;
using Rlm.Mcp.Tools;
using Rlm.Recursion;

namespace Rlm.Mcp.Tests;

/// <summary>
/// What the compiled assemblies call, by type: files, folders, the environment, the console, processes and sockets are touched only in the gateway types
/// named here. A new place is a decision, made by adding it.
/// </summary>
public class ArchitectureTests
{
    private static readonly (string Called, string[] Gateways)[] Rules =
    [
        // Models are reached in one place each; the outline provider is started in one and fetched in one; a library is tried in a child once. Nothing else starts a process or opens a connection.
        ("System.Diagnostics.Process::Start", ["Rlm.Recursion.Models.Cli.CliProcess", "Rlm.Recursion.Models.Cli.CliGuard", "Rlm.Context.Outlines.Providers.ProviderProcess", "Rlm.Mcp.Hosting.GitLibraryTest", "Rlm.Recursion.Programs.Workers.WorkerProcess"]),
        ("System.Net.Sockets.", []),
        ("System.Net.Http.", ["Rlm.Recursion.Models.Http.", "Rlm.Mcp.Sessions.SpanExport", "Rlm.Mcp.Commands.Installing.PackageDownload"]),
        // The page that follows a session is served on loopback alone.
        ("System.Net.HttpListener::", ["Rlm.Mcp.Watching.WatchServer"]),
        ("System.Net.Dns", []),
        ("Microsoft.CodeAnalysis.MSBuild", []),
        ("System.Reflection.Assembly::Load", []),
        ("System.Console::", ["Rlm.Mcp.Hosting.StdoutGuard", "Rlm.Mcp.Hosting.ServeProcess", "Rlm.Mcp.Commands.ProcessShell", "Rlm.Mcp.Commands.Output", "Rlm.Mcp.Commands.Interrupts", "Rlm.Mcp.Commands.Terminal.TerminalConsole", "Rlm.Mcp.Commands.Shell", "Rlm.Recursion.Models.Cli.CliGuard", "Rlm.Recursion.Programs.BuiltIn.BuiltInWorker"]),
        ("System.Environment::GetEnvironmentVariable", ["Rlm.Mcp.Commands.ProcessShell", "Rlm.Mcp.Commands.Shell", "Rlm.Mcp.Hosting."]),
        // The repository is read through the jail; these write or read the cache folder and the user's own settings.
        ("System.IO.File::", ["Rlm.Context.Outlines.Providers.BatchFolder", "Rlm.Context.Outlines.AstGrep.AstGrepProgram", "Rlm.Context.Binding.References.AssemblyFolders", "Rlm.Context.History.Opening.ShadowRepository", "Rlm.Recursion.Storage.PrivateFolder", "Rlm.Recursion.Models.Cli.", "Rlm.Recursion.Programs.CPython.PythonFiles", "Rlm.Context.Files.", "Rlm.Context.Scopes.SetStore", "Rlm.Context.Slices.HandleJournal", "Rlm.Context.Index.Storage.", "Rlm.Context.Index.Building.IndexSeed", "Rlm.Mcp.Commands.", "Rlm.Mcp.Hosting."]),
        ("System.IO.Directory::", ["Rlm.Context.Outlines.Providers.BatchFolder", "Rlm.Context.Outlines.AstGrep.AstGrepProgram", "Rlm.Context.Binding.References.AssemblyFolders", "Rlm.Context.History.Opening.ShadowRepository", "Rlm.Recursion.Storage.PrivateFolder", "Rlm.Recursion.Models.Cli.", "Rlm.Recursion.Programs.CPython.PythonFiles", "Rlm.Context.Files.", "Rlm.Context.Scopes.SetStore", "Rlm.Context.Slices.HandleJournal", "Rlm.Context.Index.Storage.", "Rlm.Context.Index.Building.IndexSeed", "Rlm.Mcp.Commands.", "Rlm.Mcp.Hosting."]),
        ("System.IO.FileStream::", ["Rlm.Recursion.Storage.PrivateFolder", "Rlm.Context.Files.", "Rlm.Context.Index.Storage.", "Rlm.Context.Index.Building.IndexSeed", "Rlm.Mcp.Commands.", "Rlm.Mcp.Hosting."]),
    ];

    private static readonly Dictionary<short, OpCode> OpCodes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    [Fact]
    public void OutsideWorld_IsTouchedOnlyInGateways()
    {
        var calls = new[] { typeof(ContextStore), typeof(RecursionOptions), typeof(ToolRegistry) }.SelectMany(type => Calls(type.Assembly.Location)).Distinct().ToArray();
        Assert.Contains(calls, call => call.To.StartsWith("System.Console::", StringComparison.Ordinal)); // the reader reads
        var strays = calls.Where(call => Rules.Any(rule => call.To.StartsWith(rule.Called, StringComparison.Ordinal) && !rule.Gateways.Any(gateway => call.From.StartsWith(gateway, StringComparison.Ordinal))));
        Assert.True(!strays.Any(), string.Join('\n', strays.Select(call => $"{call.From} calls {call.To}").Order()));
    }

    [Theory]
    [InlineData(typeof(ContextStore))]
    [InlineData(typeof(RecursionOptions))]
    public void Leaves_KnowNeitherEachOtherNorTheProtocol(Type leaf)
    {
        var known = leaf.Assembly.GetReferencedAssemblies().Select(name => name.Name!).ToArray();
        Assert.DoesNotContain(known, name => name.StartsWith("ModelContextProtocol", StringComparison.Ordinal) || name.StartsWith("Rlm.", StringComparison.Ordinal) || name == "rlm-mcp");
        if (leaf == typeof(RecursionOptions)) Assert.DoesNotContain(known, name => name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal));
    }

    private static IEnumerable<(string From, string To)> Calls(string path)
    {
        using var image = new PEReader(File.OpenRead(path));
        var metadata = image.GetMetadataReader();
        var calls = new List<(string, string)>();
        foreach (var handle in metadata.MethodDefinitions)
        {
            var method = metadata.GetMethodDefinition(handle);
            if (method.RelativeVirtualAddress == 0) continue;
            var from = NameOf(metadata, Outermost(metadata, method.GetDeclaringType()));
            foreach (var token in Tokens(image.GetMethodBody(method.RelativeVirtualAddress).GetILContent()))
                if (Callee(metadata, MetadataTokens.EntityHandle(token)) is { } to) calls.Add((from, to));
        }
        return calls;
    }

    private static IEnumerable<int> Tokens(ImmutableArray<byte> code)
    {
        for (var at = 0; at < code.Length;)
        {
            var value = code[at] == 0xFE ? (short)(0xFE00 | code[at + 1]) : (short)code[at];
            var opcode = OpCodes[value];
            at += opcode.Size;
            if (opcode.OperandType == OperandType.InlineMethod) yield return BitConverter.ToInt32(code.AsSpan()[at..]);
            at += opcode.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code.AsSpan()[at..]),
                _ => 4,
            };
        }
    }

    private static string? Callee(MetadataReader metadata, EntityHandle handle)
    {
        if (handle.Kind == HandleKind.MethodSpecification) handle = metadata.GetMethodSpecification((MethodSpecificationHandle)handle).Method;
        if (handle.Kind != HandleKind.MemberReference) return null;
        var member = metadata.GetMemberReference((MemberReferenceHandle)handle);
        if (member.Parent.Kind != HandleKind.TypeReference) return null;
        var type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent);
        return $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}::{metadata.GetString(member.Name)}";
    }

    private static TypeDefinitionHandle Outermost(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        while (metadata.GetTypeDefinition(handle).GetDeclaringType() is { IsNil: false } outer) handle = outer;
        return handle;
    }

    private static string NameOf(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        return $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
    }
}
