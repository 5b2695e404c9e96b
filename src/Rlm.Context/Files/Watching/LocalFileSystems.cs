namespace Rlm.Context.Files.Watching;

/// <summary>
/// File systems on which every change passes through this kernel, so that inotify tells of it. Whatever is not named here (NFS, SMB, FUSE, 9p, virtiofs and
/// the like) may be changed by another machine without a word, and is scanned instead. Numbers: linux/magic.h.
/// </summary>
internal static class LocalFileSystems
{
    private const uint Ext = 0xEF53, Xfs = 0x58465342, Btrfs = 0x9123683E, Tmpfs = 0x01021994, Ramfs = 0x858458F6, Overlay = 0x794C7630, F2fs = 0xF2F52010,
        Zfs = 0x2FC12FC1, Bcachefs = 0xCA451A4E, Jfs = 0x3153464A, Reiserfs = 0x52654973, Nilfs = 0x3434, Fat = 0x4D44, ExFat = 0x2011BAB0, Ntfs3 = 0x7366746E,
        HfsPlus = 0x482B, Udf = 0x15013346, Iso9660 = 0x9660, Squashfs = 0x73717368, Erofs = 0xE0F5E1E2, Ecryptfs = 0xF15F;

    /// <summary>True when inotify can be believed there.</summary>
    public static bool Has(uint fileSystem) => fileSystem is Ext or Xfs or Btrfs or Tmpfs or Ramfs or Overlay or F2fs or Zfs or Bcachefs or Jfs or Reiserfs or Nilfs
        or Fat or ExFat or Ntfs3 or HfsPlus or Udf or Iso9660 or Squashfs or Erofs or Ecryptfs;
}
