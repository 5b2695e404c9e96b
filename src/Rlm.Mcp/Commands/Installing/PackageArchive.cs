using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using Rlm.Context.Outlines.AstGrep;

namespace Rlm.Mcp.Commands.Installing;

/// <summary>An archive of npm: a gzipped tar whose files lie in <c>package/</c>.</summary>
internal static class PackageArchive
{
    /// <summary>The program in an archive. Both have to be what is pinned.</summary>
    /// <exception cref="InstallException">One of them is something else.</exception>
    public static byte[] Program(byte[] archive, AstGrepPackage package)
    {
        if (Convert.ToBase64String(SHA512.HashData(archive)) != package.Integrity) throw new InstallException($"the archive of {package.Name} is not the pinned one");
        try
        {
            using var tar = new TarReader(new GZipStream(new MemoryStream(archive), CompressionMode.Decompress));
            while (tar.GetNextEntry() is { } entry)
                if (entry.Name == "package/" + package.Program && entry.DataStream is { } data && entry.Length == package.Bytes) return Checked(data, package);
        }
        catch (InvalidDataException)
        {
            // Said below.
        }
        throw new InstallException($"the archive of {package.Name} holds no {package.Program}");
    }

    private static byte[] Checked(Stream data, AstGrepPackage package)
    {
        var program = new byte[package.Bytes];
        data.ReadExactly(program);
        return Convert.ToHexStringLower(SHA256.HashData(program)) == package.Sha256 ? program : throw new InstallException($"the program in {package.Name} is not the pinned one");
    }
}
