using LiteDB;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Store.Tests;

public sealed class StoreFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Db => _folder["sub/runs.db"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_missing_folder_is_made() => RunStore.Open(Db).Dispose();

    [Fact]
    public void A_folder_that_cannot_be_made_is_named()
    {
        File.WriteAllText(_folder["sub"], "");
        Assert.Contains("sub/runs.db", Assert.Throws<MachineException>(() => RunStore.Open(Db)).Message);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(8192)]
    [InlineData(100_000)]
    public void A_junk_file_is_refused_and_left_as_it_is(int bytes)
    {
        byte[] junk = new byte[bytes];
        for (int i = 0; i < bytes; i++) junk[i] = (byte)(i * 31);
        File.WriteAllBytes(_folder["junk.db"], junk);
        Assert.Contains("is not a store", Assert.Throws<InputException>(() => RunStore.Open(_folder["junk.db"])).Message);
        Assert.Contains("is not a store", Assert.Throws<InputException>(() => RunStore.OpenReadOnly(_folder["junk.db"])).Message);
        Assert.Equal(junk, File.ReadAllBytes(_folder["junk.db"]));
        RunStore.Open(Db).Dispose(); // and no lock is left behind
    }

    [Fact]
    public void A_file_that_was_cut_off_is_refused()
    {
        Fill(1000);
        using (var file = new FileStream(Db, FileMode.Open)) file.SetLength(file.Length / 2);
        Assert.Contains("cut off", Assert.Throws<MachineException>(() => RunStore.Open(Db)).Message);
        Assert.Contains("cut off", Assert.Throws<MachineException>(() => RunStore.OpenReadOnly(Db)).Message);
    }

    [Fact]
    public void A_file_overwritten_in_places_gives_one_sentence()
    {
        Fill(1000);
        using (var file = new FileStream(Db, FileMode.Open))
        {
            file.Position = 8192;
            file.Write(Enumerable.Repeat((byte)0xA5, (int)file.Length - 8192).ToArray());
        }

        Assert.Contains("damaged", Assert.Throws<MachineException>(() => RunStore.Open(Db)).Message);
    }

    [Fact]
    public void A_newer_version_and_a_file_of_another_program_are_refused()
    {
        RunStore.Open(Db).Dispose();
        using (var database = new LiteDatabase(Db)) database.UserVersion = RunStore.SchemaVersion + 1;
        Assert.Contains("newer version", Assert.Throws<InputException>(() => RunStore.Open(Db)).Message);

        using (var database = new LiteDatabase(_folder["other.db"])) database.GetCollection("customers").Insert(new BsonDocument());
        Assert.Contains("another program", Assert.Throws<InputException>(() => RunStore.Open(_folder["other.db"])).Message);
    }

    [Fact]
    public void A_missing_file_is_named_to_a_reader() =>
        Assert.Contains("none.db", Assert.Throws<InputException>(() => RunStore.OpenReadOnly(_folder["none.db"])).Message);

    [Fact]
    public void A_readers_copy_cannot_be_written_to_and_leaves_nothing_behind()
    {
        Fill(10);
        var files = Directory.GetFiles(_folder["sub"]);
        using var store = RunStore.OpenReadOnly(Db);
        Assert.True(store.IsReadOnly);
        Assert.Equal(10, store.TrialCount(Samples.Run));
        Assert.Throws<InvalidOperationException>(() => store.Put(Samples.RunRecord()));
        Assert.Equal(files, Directory.GetFiles(_folder["sub"]));
    }

    private void Fill(int trials)
    {
        using var store = RunStore.Open(Db);
        store.Put(Samples.RunRecord());
        store.PutTrials(Samples.Trials(0, trials));
    }
}
