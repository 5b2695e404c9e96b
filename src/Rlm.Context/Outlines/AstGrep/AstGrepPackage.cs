namespace Rlm.Context.Outlines.AstGrep;

/// <summary>One platform's package of ast-grep on npm.</summary>
/// <param name="Platform">As npm names it: <c>linux-x64-gnu</c>.</param>
/// <param name="Integrity">Checksum of the package's archive, SHA-512 in base64, as npm publishes it.</param>
/// <param name="Bytes">Size of the program in it.</param>
/// <param name="Sha256">Checksum of the program, SHA-256 in hex.</param>
public sealed record AstGrepPackage(string Platform, string Integrity, long Bytes, string Sha256)
{
    /// <summary>The package's name on npm.</summary>
    public string Name => "@ast-grep/cli-" + Platform;

    /// <summary>The program's file name.</summary>
    public string Program => Platform.StartsWith("win32", StringComparison.Ordinal) ? "ast-grep.exe" : "ast-grep";

    /// <summary>The program's place below the folder of providers.</summary>
    public string Place => Path.Combine($"ast-grep-{AstGrepRelease.Version}-{Platform}", Program);
}
