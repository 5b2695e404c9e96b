using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Builtins;

/// <summary>Built-in functions that are refused by name.</summary>
internal static class Forbidden
{
    public static readonly HashSet<string> Names = ["eval", "exec", "compile", "open", "input", "__import__", "globals", "locals", "vars", "dir", "getattr", "setattr", "delattr", "hasattr", "id", "memoryview", "bytes", "bytearray", "breakpoint", "exit", "quit", "complex", "aiter", "anext", "classmethod_"];
}
