using System.Reflection;

namespace Rlm.Mcp.Commands;

/// <summary>Version of this build.</summary>
internal static class ProgramVersion
{
    public static string Text => typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
