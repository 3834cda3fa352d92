using System.Buffers.Binary;
using LiteDB;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Store;

/// <summary>Opens a LiteDB file after looking at it, so that a wrong or damaged one is refused before anything is written to it.</summary>
internal static class StoreFile
{
    public const int PageBytes = 8192;

    // Places in the first page of a LiteDB 5 file (HeaderPage.cs of LiteDB 5.0).
    private const int MagicAt = 32, VersionAt = 59, LastPageAt = 64;
    private const byte FileVersion = 8;
    private static readonly byte[] Magic = "** This is a LiteDB file **"u8.ToArray();

    /// <summary>Where LiteDB keeps what is committed but not yet in the file itself.</summary>
    public static string LogPath(string path) =>
        Path.Combine(Path.GetDirectoryName(path) ?? "", Path.GetFileNameWithoutExtension(path) + "-log" + Path.GetExtension(path));

    /// <exception cref="InputException">Not a store, or one of a newer version.</exception>
    /// <exception cref="MachineException">Damaged, or the file cannot be read or written.</exception>
    public static LiteDatabase Open(string path, BsonMapper mapper, string shownPath)
    {
        LiteDatabase? database = null;
        try
        {
            Inspect(path, shownPath);
            database = new LiteDatabase(new ConnectionString { Filename = path, Connection = ConnectionType.Direct }, mapper);
            int version = database.UserVersion;
            if (version > RunStore.SchemaVersion)
            {
                throw new InputException(
                    $"{shownPath} was written by a newer version (schema {version}, this one reads {RunStore.SchemaVersion}); update movinet or choose another file with --db.");
            }

            if (version == 0)
            {
                if (database.GetCollectionNames().Any())
                    throw new InputException($"{shownPath} is the LiteDB file of another program; choose another file with --db.");
                database.UserVersion = RunStore.SchemaVersion;
            }

            return database;
        }
        catch (Exception e)
        {
            Close(database);
            if (e is InputException or MachineException) throw;
            throw e is IOException or UnauthorizedAccessException
                ? new MachineException($"cannot open the store {shownPath}: {e.Message}", e)
                : new MachineException($"the store {shownPath} is damaged ({e.Message}); restore it from a copy or choose another file with --db.", e);
        }
    }

    /// <summary>Closes <paramref name="database"/>; a fault it already had is not reported a second time.</summary>
    public static void Close(LiteDatabase? database)
    {
        try
        {
            database?.Dispose();
        }
        catch (Exception)
        {
            // What was committed is in the log and is read when the file is opened next.
        }
    }

    private static void Inspect(string path, string shownPath)
    {
        if (Directory.Exists(path)) throw new InputException($"{shownPath} is a folder; a store is one file.");
        if (!File.Exists(path)) return;
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        if (stream.Length == 0) return;
        var header = new byte[PageBytes];
        int read = stream.ReadAtLeast(header, PageBytes, throwOnEndOfStream: false);
        bool isLiteDb = read > VersionAt && header.AsSpan(MagicAt, Magic.Length).SequenceEqual(Magic);
        if (!isLiteDb) throw new InputException($"{shownPath} is not a store (no LiteDB file); choose another file with --db.");
        if (header[VersionAt] != FileVersion)
            throw new InputException($"{shownPath} is a LiteDB file of format {header[VersionAt]}; this version reads format {FileVersion}.");

        // Pages may still be in the log alone; without a log all must be here.
        var log = new FileInfo(LogPath(path));
        long needed = (BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(LastPageAt)) + 1L) * PageBytes;
        if ((!log.Exists || log.Length == 0) && stream.Length < needed)
        {
            throw new MachineException(
                $"the store {shownPath} is cut off ({stream.Length} bytes of {needed}); restore it from a copy or choose another file with --db.");
        }
    }
}
