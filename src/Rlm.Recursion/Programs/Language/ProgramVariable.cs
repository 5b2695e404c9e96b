using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language;

/// <summary>A global of the program.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The Python type's name.</param>
/// <param name="Size">Its <c>len</c>; 1 for what has none.</param>
public sealed record ProgramVariable(string Name, string Type, long Size);
