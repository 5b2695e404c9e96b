using Rlm.Recursion.Programs.Language.Modules;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary>Calls a host function with Python values.</summary>
internal delegate object Calling(Machine machine, string name, Args args);
