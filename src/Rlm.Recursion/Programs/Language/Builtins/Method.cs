using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Builtins;

/// <summary>A method of a built-in type.</summary>
internal delegate object Method(Machine machine, object self, Args args);
