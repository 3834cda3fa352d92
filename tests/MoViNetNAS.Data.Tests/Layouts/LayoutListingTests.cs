using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data.Tests;

public sealed class LayoutListingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("movinet-layout-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private IVideoLayout Make(string name)
    {
        LayoutFixture.Dataset dataset = LayoutFixture.Of(name);
        dataset.WriteTo(_folder, (i, file) => File.WriteAllText(file, $"{i}"));
        return dataset.Layout;
    }

    private VideoListing List(string name) => Make(name).List(_folder);

    private string FaultOf(string name, string path, string old, string @new)
    {
        IVideoLayout layout = Make(name);
        string file = Path.Combine(_folder, path), text = File.ReadAllText(file);
        Assert.Contains(old, text);
        File.WriteAllText(file, text.Replace(old, @new, StringComparison.Ordinal));
        string message = Assert.Throws<InputException>(() => layout.List(_folder)).Message;
        Assert.StartsWith(file, message);
        return message[file.Length..];
    }

    private static string[] Ids(VideoListing listing, Split split) => [.. listing.Videos.Where(video => video.Split == split).Select(video => video.Id)];

    [Theory]
    [MemberData(nameof(LayoutFixture.Names), MemberType = typeof(LayoutFixture))]
    public void No_source_is_in_two_splits_every_file_is_found_and_the_same_seed_draws_the_same(string name)
    {
        IVideoLayout layout = Make(name);
        VideoListing listing = layout.List(_folder);
        Assert.All(listing.Videos, video => Assert.True(File.Exists(video.FullPath), video.FullPath));
        Assert.All(listing.Videos.GroupBy(video => video.Source), group => Assert.Single(group.DistinctBy(video => video.Split)));
        Assert.All(Enum.GetValues<Split>(), split => Assert.NotEmpty(Ids(listing, split)));
        Assert.All(listing.Videos.SelectMany(video => video.Labels), label => Assert.Contains(label, listing.Classes));
        Assert.Equal(listing.Videos, layout.List(_folder).Videos);
        Assert.Equal(listing.Videos.Count, listing.Videos.DistinctBy(video => video.Id).Count());
    }

    [Fact]
    public void Ucf101_splits_by_group_and_takes_its_classes_in_their_order()
    {
        VideoListing listing = List("ucf101");
        Assert.Equal(["ApplyEyeMakeup", "HandstandPushups"], listing.Classes);
        Assert.Equal(["UCF-101/ApplyEyeMakeup/v_ApplyEyeMakeup_g01_c01.avi", "UCF-101/HandstandPushups/v_HandStandPushups_g01_c01.avi"], Ids(listing, Split.Test));
        Assert.Equal(5, Ids(listing, Split.Weights).Length + Ids(listing, Split.Score).Length);
        Assert.Equal("ApplyEyeMakeup/g08", listing.Videos[0].Source);
        Assert.Empty(listing.Leaks);
        Assert.EndsWith("trainlist01.txt", listing.Origin);
    }

    [Fact]
    public void Hmdb51_leaves_out_what_is_flagged_0_and_takes_the_film_as_source()
    {
        VideoListing listing = List("hmdb51");
        Assert.Equal(["brush_hair", "wave"], listing.Classes);
        Assert.Equal(["brush_hair/blonde_brush_hair_h_cm_np1_le_goo_0.avi", "wave/20060723sfjffbitemebaby_wave_f_cm_np1_ba_med_0.avi"], Ids(listing, Split.Test));
        Assert.DoesNotContain(listing.Videos, video => video.Id.Contains("unused"));
        Assert.Equal(2, listing.Videos.Count(video => video.Source == "brush_hair/April_09"));
    }

    [Fact]
    public void Kinetics_finds_clips_in_class_folders_and_flat_and_drops_training_clips_of_videos_that_are_evaluated()
    {
        VideoListing listing = List("kinetics");
        Assert.Equal(["testing guitar", "zumba"], listing.Classes);
        Assert.Equal(["val/testing_guitar/--07WQ2iBlw_000001_000011.mp4", "val/zumba/leaky_id_01_000033_000043.mp4"], Ids(listing, Split.Test));
        Assert.Contains(listing.Videos, video => video.Id == "-2VXhGGeOWg_000120_000130.mkv");
        Assert.Equal(new SourceLeak("leaky_id_01", Split.Test, Split.Weights, 1, "train/zumba/leaky_id_01_000001_000011.mp4"), Assert.Single(listing.Leaks));
        Assert.Contains("kinetics-400_test.csv(1): column 'label' is missing",
            Assert.Throws<InputException>(() => new KineticsLayout { IsTestEvaluated = true }.List(_folder)).Message);
    }

    [Fact]
    public void Kinetics_has_a_clip_once_for_each_of_its_labels()
    {
        IVideoLayout layout = Make("kinetics");
        int before = layout.List(_folder).Videos.Count;
        File.AppendAllText(Path.Combine(_folder, "annotations/kinetics-400_train.csv"), "zumba,-1q7jA3DXQM,10,20,train\ntesting guitar,-1q7jA3DXQM,10,20,train\n");
        VideoListing listing = layout.List(_folder);
        Assert.Equal(before + 1, listing.Videos.Count);
        DuplicateVideos twice = Assert.Single(DuplicateSearch.Find([.. listing.Videos.Where(video => video.Source == "-1q7jA3DXQM")], CancellationToken.None));
        Assert.Equal((true, false, true), (twice.IsOnePath, twice.AcrossSplits, twice.AcrossClasses));
    }

    [Fact]
    public void A_clip_that_is_not_on_disk_is_listed_under_its_own_name()
    {
        IVideoLayout layout = Make("kinetics");
        File.Delete(Path.Combine(_folder, "-2VXhGGeOWg_000120_000130.mkv"));
        Assert.Contains(layout.List(_folder).Videos, video => video.Id == "-2VXhGGeOWg_000120_000130.mp4" && !File.Exists(video.FullPath));
    }

    [Fact]
    public void Something_something_takes_templates_in_the_order_of_their_numbers_and_frame_folders_too()
    {
        IVideoLayout layout = Make("something-something-v2");
        File.Delete(Path.Combine(_folder, "20bn-something-something-v2", "78687.webm"));
        LayoutFixture.Write(_folder, "frames/78687/00001.jpg", "");
        VideoListing listing = layout.List(_folder);
        Assert.Equal(["Approaching something with your camera", "Holding something next to something"], listing.Classes);
        Assert.Equal(["20bn-something-something-v2/74225.webm", "20bn-something-something-v2/9.webm"], Ids(listing, Split.Test));
        Assert.Equal("frames/78687", listing.Videos[0].Id);
    }

    [Fact]
    public void Moments_of_one_video_are_one_source()
    {
        VideoListing listing = List("moments-in-time");
        Assert.Equal(["clapping", "adult+female+speaking"], listing.Classes);
        Assert.Equal(["yt-0fCxHWQl1-g", "yt-0fCxHWQl1-g", "flickr-5-7-1-8-3-9-1-1", "getty-a"], listing.Videos.Take(4).Select(video => video.Source));
    }

    [Theory]
    [InlineData(EpicLabel.Verb, "take,open", "open")]
    [InlineData(EpicLabel.Noun, "door,knife", "door")]
    [InlineData(EpicLabel.Action, "open door,take door,take knife", "open door")]
    [InlineData(EpicLabel.VerbAndNoun, "verb:take,verb:open,noun:door,noun:knife", "verb:open,noun:door")]
    public void Epic_kitchens_cuts_actions_out_of_videos(EpicLabel label, string classes, string first)
    {
        Make("epic-kitchens-100");
        LayoutFixture.Write(_folder, "P01/rgb_frames/P01_01/frame_0000000001.jpg", "");
        VideoListing listing = new EpicKitchensLayout { Label = label }.List(_folder);
        Assert.Equal(classes, string.Join(',', listing.Classes));
        ListedVideo video = listing.Videos[0];
        Assert.Equal(("P01/videos/P01_01.MP4#P01_01_0", first, "P01_01"), (video.Id, string.Join(',', video.Labels), video.Source));
        Assert.Equal(new VideoSpan(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1)), video.Span);
    }

    [Fact]
    public void Epic_kitchens_with_verb_and_noun_has_a_head_for_each()
    {
        VideoListing listing = List("epic-kitchens-100 verb+noun");
        Assert.Equal([new LabelHead("verb", 0, 2, IsMultiLabel: false), new LabelHead("noun", 2, 2, IsMultiLabel: false)], listing.Heads);
        Assert.All(listing.Videos, video => Assert.Equal(["verb", "noun"], video.Labels.Select(label => label.Split(':')[0])));
    }

    [Fact]
    public void Charades_has_every_action_of_a_video_once_and_none_too_and_is_split_by_subject()
    {
        IVideoLayout layout = Make("charades");
        File.Delete(Path.Combine(_folder, "Charades_v1_480", "0CCCC.mp4"));
        LayoutFixture.Write(_folder, "Charades_v1_rgb/0CCCC/0CCCC-000001.jpg", "");
        VideoListing listing = layout.List(_folder);
        Assert.Equal(["c000 Holding some clothes", "c001 Putting clothes somewhere", "c002 Opening a door"], listing.Classes);
        Assert.Equal([new LabelHead("action", 0, 3, IsMultiLabel: true)], listing.Heads);
        Assert.Equal(["Charades_v1_480/0AAAA.mp4", "Charades_v1_480/0BBBB.mp4", "Charades_v1_rgb/0CCCC"], listing.Videos.Take(3).Select(video => video.Id));
        Assert.Equal(["c000 Holding some clothes", "c002 Opening a door"], listing.Videos[0].Labels);
        Assert.Empty(listing.Videos[1].Labels);
        Assert.Equal(listing.Videos[0].Split, listing.Videos[1].Split);
        Assert.Equal("S1", listing.Videos[1].Source);
        Assert.Empty(listing.Leaks);
    }

    [Fact]
    public void Charades_drops_training_videos_of_a_subject_who_is_tested()
    {
        IVideoLayout layout = Make("charades");
        string test = Path.Combine(_folder, "Charades", "Charades_v1_test.csv");
        File.WriteAllText(test, File.ReadAllText(test).Replace("S4", "S2", StringComparison.Ordinal));
        Assert.Equal(new SourceLeak("S2", Split.Test, Split.Weights, 1, "Charades_v1_480/0CCCC.mp4"), Assert.Single(layout.List(_folder).Leaks));
    }

    [Fact]
    public void Charades_keeps_the_times_of_actions_unless_whole_videos_are_taught()
    {
        var layout = (CharadesLayout)Make("charades");
        ListedVideo video = layout.List(_folder).Videos[0];
        Assert.Equal(
            new LabelTimes(24.83, [new("c002 Opening a door", 11.9, 21.2), new("c000 Holding some clothes", 0, 12.6), new("c002 Opening a door", 22, 23.1)]), video.Times);
        VideoListing whole = (layout with { IsWholeVideoTaught = true }).List(_folder);
        Assert.All(whole.Videos, other => Assert.Null(other.Times));
        Assert.Equal(video with { Times = null }, whole.Videos[0]);
        string train = Path.Combine(_folder, "Charades", "Charades_v1_train.csv"), test = Path.Combine(_folder, "Charades", "Charades_v1_test.csv");
        foreach (string file in (string[])[train, test]) File.WriteAllText(file, File.ReadAllText(file).Replace(",length", ",other", StringComparison.Ordinal));
        Assert.Equal(whole.Videos, (layout with { IsWholeVideoTaught = true }).List(_folder).Videos);
        Assert.StartsWith($"{train}(1): column 'length' is missing;", Assert.Throws<InputException>(() => layout.List(_folder)).Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Charades_tells_an_action_that_stops_before_it_starts_and_keeps_it_for_the_whole_video(bool isWholeVideoTaught)
    {
        IVideoLayout layout = (CharadesLayout)Make("charades") with { IsWholeVideoTaught = isWholeVideoTaught };
        string train = Path.Combine(_folder, "Charades", "Charades_v1_train.csv");
        File.WriteAllText(train, File.ReadAllText(train).Replace("c001 0.00 12.60", "c001 12.60 0.00;c002 3.00 3.00", StringComparison.Ordinal));
        VideoListing listing = layout.List(_folder);
        Assert.Equal([$"{train}(4): action 'c001 12.60 0.00' stops before it starts: no clip shows it, the whole video counts as showing it."], listing.Flaws);
        Assert.Equal(["c001 Putting clothes somewhere", "c002 Opening a door"], listing.Videos[2].Labels);
        Assert.Equal(isWholeVideoTaught ? null : [new LabelInterval("c002 Opening a door", 3, 3)], listing.Videos[2].Times?.Intervals);
    }

    [Theory]
    [InlineData("charades", "Charades/Charades_v1_train.csv", "c001 0.00", "c003 0.00", "(4): an action must be one of c000-c002 and two times in seconds, not 'c003 0.00 12.60'.")]
    [InlineData("charades", "Charades/Charades_v1_train.csv", ";c000 0.00 12.60", ";c000", "(2): an action must be one of c000-c002 and two times in seconds, not 'c000'.")]
    [InlineData("charades", "Charades/Charades_v1_train.csv", "0CCCC,S2", "0CCCC,", "(4): id and subject must not be empty, nor the id a path; they are '0CCCC' and ''.")]
    [InlineData("charades", "Charades/Charades_v1_test.csv", "c000 3.10", "c000 3,10", "(2): 12 fields, the header has 11.")]
    [InlineData("charades", "Charades/Charades_v1_test.csv", "c000 3.10", "c000 -3.10", "(2): an action must be one of c000-c002 and two times in seconds, not 'c000 -3.10 5.00'.")]
    [InlineData("charades", "Charades/Charades_v1_test.csv", "5.00,20.00", "5.OO,20.00", "(2): an action must be one of c000-c002 and two times in seconds, not 'c000 3.10 5.OO'.")]
    [InlineData("charades", "Charades/Charades_v1_test.csv", ",12.00", ",12 s", "(3): length must be the seconds of the video, above 0, not '12 s'.")]
    [InlineData("charades", "Charades/Charades_v1_train.csv", ",30.00", ",0.00", "(3): length must be the seconds of the video, above 0, not '0.00'.")]
    [InlineData("charades", "Charades/Charades_v1_test.csv", ",12.00", "", "(3): 10 fields, the header has 11.")]
    [InlineData("charades", "Charades/Charades_v1_test.csv", ",subject", ",subjct", "(1): column 'subject' is missing;")]
    [InlineData("charades", "Charades/Charades_v1_classes.txt", "c001 ", "c01 ", "(2): must be 'c001 Name of the class', not 'c01 Putting clothes somewhere'.")]
    [InlineData("ucf101", "ucfTrainTestlist/trainlist01.txt", "HandstandPushups/v_HandStandPushups_g08_c01.avi 2", "HandstandPushup/v_HandStandPushups_g08_c01.avi 2",
        "(4): 'HandstandPushup' is none of the 2 classes; did you mean 'HandstandPushups'?")]
    [InlineData("ucf101", "ucfTrainTestlist/trainlist01.txt", "g09_c01.avi 1", "g09_c01.avi 2", "(3): class 'ApplyEyeMakeup' is number 1 in classInd.txt, not 2.")]
    [InlineData("ucf101", "ucfTrainTestlist/testlist01.txt", "ApplyEyeMakeup/v_", "../v_", "(1): '..' is none of the 2 classes.")]
    [InlineData("ucf101", "ucfTrainTestlist/testlist01.txt", "g01_c01", "g08_c01", "(1): 'ApplyEyeMakeup/v_ApplyEyeMakeup_g08_c01' is listed before, in trainlist01.txt(1).")]
    [InlineData("ucf101", "ucfTrainTestlist/classInd.txt", "2 ", "3 ", "(2): must be '2 ClassName', not '3 HandstandPushups'.")]
    [InlineData("hmdb51", "testTrainMulti_7030_splits/wave_test_split1.txt", "med_0.avi 2", "med_0.avi 3",
        "(1): must be 'name.avi' and 0, 1 or 2, not '20060723sfjffbitemebaby_wave_f_cm_np1_ba_med_0.avi 3'.")]
    [InlineData("kinetics", "annotations/kinetics-400_train.csv", "84,94", "94,84", "(2): time_start and time_end must be whole seconds, the end after the start, not '94' and '84'.")]
    [InlineData("kinetics", "annotations/kinetics-400_train.csv", "youtube_id", "youtub_id",
        "(1): column 'youtube_id' is missing; the header is 'label,youtub_id,time_start,time_end,split'; did you mean 'youtub_id'?")]
    [InlineData("kinetics", "annotations/kinetics-400_val.csv", ",1,11,val", ",1,11", "(2): 4 fields, the header has 5.")]
    [InlineData("something-something-v2", "labels/something-something-v2-train.json", "Holding [something] next", "Holdin [something] next",
        "(2): 'Holdin something next to something' is none of the 2 classes; did you mean 'Holding something next to something'?")]
    [InlineData("something-something-v2", "labels/something-something-v2-train.json", "\"id\":\"42326\",", "", "(3): a video must have the texts 'id' and 'template'; they are '' and 'Approaching something with your camera'.")]
    [InlineData("something-something-v2", "labels/something-something-v2-train.json", "42326", "../42326", "(3): id must be a number, not '../42326'.")]
    [InlineData("something-something-v2", "labels/something-something-v2-labels.json", "\"1\"", "\"2\"", "(1): the 2 classes must be numbered from 0 to 1, the last is 2.")]
    [InlineData("something-something-v2", "labels/something-something-v2-labels.json", "\"1\",", "\"1\"", "(3): is not JSON: ")]
    [InlineData("moments-in-time", "trainingSet.csv", "_29.mp4,clapping", "_29.mp4,claping", "(2): 'claping' is none of the 2 classes; did you mean 'clapping'?")]
    [InlineData("moments-in-time", "moments_categories.txt", ",1", ",0", "(2): number 0 of 'adult+female+speaking' is that of 'clapping' too.")]
    [InlineData("epic-kitchens-100", "annotations/EPIC_100_train.csv", "take knife,take,0", "take knife,take,7", "(4): verb_class must be 0-1, not '7'.")]
    [InlineData("epic-kitchens-100", "annotations/EPIC_100_train.csv", "00:00:02.00", "2 s", "(4): timestamps must be hh:mm:ss.ff, the stop after the start, not '00:00:00.00' and '2 s'.")]
    public void A_mistake_is_named_with_its_file_and_line(string name, string path, string old, string @new, string sentence)
    {
        string fault = FaultOf(name, path, old, @new);
        Assert.StartsWith(sentence, fault.Split('\n')[0]);
    }

    [Fact]
    public void Ten_mistakes_are_shown_and_the_rest_counted()
    {
        IVideoLayout layout = Make("ucf101");
        LayoutFixture.Write(_folder, "ucfTrainTestlist/testlist01.txt", string.Concat(Enumerable.Repeat("what\n", 25)));
        string[] lines = Assert.Throws<InputException>(() => layout.List(_folder)).Message.Split('\n');
        Assert.Equal((11, "and 15 more."), (lines.Length, lines[^1]));
    }

    [Fact]
    public void Annotations_that_are_missing_or_there_twice_are_named()
    {
        var layout = (OfficialLayout)Make("kinetics");
        LayoutFixture.Write(_folder, "annotations/kinetics-600_train.csv", "label\n");
        Assert.Contains("has 2 files that could be train.csv: kinetics-400_train.csv, kinetics-600_train.csv; give the folder",
            Assert.Throws<InputException>(() => layout.List(_folder)).Message);
        Assert.Contains("annotation file train.csv is not in", Assert.Throws<InputException>(() => (layout with { Annotations = "elsewhere" }).List(_folder)).Message);
        Assert.Contains("does not exist", Assert.Throws<InputException>(() => layout.List(_folder + "x")).Message);
        Assert.Contains("score share must be 0-0.5", Assert.Throws<InputException>(() => (layout with { ScoreShare = 0.9 }).List(_folder)).Message);
    }
}
