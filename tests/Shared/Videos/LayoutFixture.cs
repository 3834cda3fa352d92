using MoViNetNAS.Data;

namespace MoViNetNAS.Tests;

/// <summary>Small data sets in the real formats: annotation files as published, cut to a few lines, and the videos they name.</summary>
internal static class LayoutFixture
{
    /// <summary>A layout, its annotation files by path, and its videos.</summary>
    internal sealed record Dataset(IVideoLayout Layout, IReadOnlyDictionary<string, string> Annotations, IReadOnlyList<string> Videos);

    public static Dataset Of(string name) => name switch
    {
        "video-folder" => OfManifest(i => $"videos/{i}.avi"),
        "frame-folders" => OfManifest(i => $"frames/{i}"),
        "class-folders" => new(
            new ClassFolderLayout { SourcePattern = @"^(person\d+)_" },
            new Dictionary<string, string>(),
            [.. from person in Enumerable.Range(1, 5) from action in (string[])["boxing", "walking"] from d in (int[])[1, 2] select $"{action}/person{person:00}_{action}_d{d}.avi"]),
        "ucf101" => new(
            new Ucf101Layout(),
            new Dictionary<string, string>
            {
                ["ucfTrainTestlist/classInd.txt"] = "1 ApplyEyeMakeup\r\n2 HandstandPushups\r\n",
                ["ucfTrainTestlist/trainlist01.txt"] =
                    "ApplyEyeMakeup/v_ApplyEyeMakeup_g08_c01.avi 1\r\nApplyEyeMakeup/v_ApplyEyeMakeup_g08_c02.avi 1\r\nApplyEyeMakeup/v_ApplyEyeMakeup_g09_c01.avi 1\r\n"
                    + "HandstandPushups/v_HandStandPushups_g08_c01.avi 2\r\nHandstandPushups/v_HandStandPushups_g09_c01.avi 2\r\n",
                ["ucfTrainTestlist/testlist01.txt"] = "ApplyEyeMakeup/v_ApplyEyeMakeup_g01_c01.avi\r\nHandstandPushups/v_HandStandPushups_g01_c01.avi\r\n",
                ["ucfTrainTestlist/trainlist02.txt"] = "ApplyEyeMakeup/v_ApplyEyeMakeup_g01_c01.avi 1\r\n",
            },
            [
                "UCF-101/ApplyEyeMakeup/v_ApplyEyeMakeup_g01_c01.avi", "UCF-101/ApplyEyeMakeup/v_ApplyEyeMakeup_g08_c01.avi",
                "UCF-101/ApplyEyeMakeup/v_ApplyEyeMakeup_g08_c02.avi", "UCF-101/ApplyEyeMakeup/v_ApplyEyeMakeup_g09_c01.avi",
                "UCF-101/HandstandPushups/v_HandStandPushups_g01_c01.avi", "UCF-101/HandstandPushups/v_HandStandPushups_g08_c01.avi",
                "UCF-101/HandstandPushups/v_HandStandPushups_g09_c01.avi",
            ]),
        "hmdb51" => new(
            new Hmdb51Layout(),
            new Dictionary<string, string>
            {
                ["testTrainMulti_7030_splits/brush_hair_test_split1.txt"] =
                    "April_09_brush_hair_u_nm_np1_ba_goo_0.avi 1 \nApril_09_brush_hair_u_nm_np1_ba_goo_1.avi 1 \nLena_brush_hair_u_cm_np1_fr_goo_0.avi 1 \nblonde_brush_hair_h_cm_np1_le_goo_0.avi 2 \nunused_brush_hair_h_cm_np1_le_goo_0.avi 0 \n",
                ["testTrainMulti_7030_splits/wave_test_split1.txt"] =
                    "20060723sfjffbitemebaby_wave_f_cm_np1_ba_med_0.avi 2 \nA_Beautiful_Mind_wave_u_cm_np1_fr_med_0.avi 1 \nSTADIUM_wave_u_cm_np1_fr_med_0.avi 1 \n",
                ["testTrainMulti_7030_splits/wave_test_split2.txt"] = "STADIUM_wave_u_cm_np1_fr_med_0.avi 2 \n",
            },
            [
                "brush_hair/April_09_brush_hair_u_nm_np1_ba_goo_0.avi", "brush_hair/April_09_brush_hair_u_nm_np1_ba_goo_1.avi",
                "brush_hair/Lena_brush_hair_u_cm_np1_fr_goo_0.avi", "brush_hair/blonde_brush_hair_h_cm_np1_le_goo_0.avi", "brush_hair/unused_brush_hair_h_cm_np1_le_goo_0.avi",
                "wave/20060723sfjffbitemebaby_wave_f_cm_np1_ba_med_0.avi", "wave/A_Beautiful_Mind_wave_u_cm_np1_fr_med_0.avi", "wave/STADIUM_wave_u_cm_np1_fr_med_0.avi",
            ]),
        "kinetics" => new(
            new KineticsLayout(),
            new Dictionary<string, string>
            {
                ["annotations/kinetics-400_train.csv"] =
                    "label,youtube_id,time_start,time_end,split\ntesting guitar,---QUuC4vJs,84,94,train\n\"testing guitar\",-08t7HpNpKE,5,15,train\n"
                    + "zumba,-1q7jA3DXQM,10.0,20.0,train\nzumba,-2VXhGGeOWg,120,130,train\nzumba,leaky_id_01,1,11,train\n",
                ["annotations/kinetics-400_val.csv"] = "label,youtube_id,time_start,time_end,split\ntesting guitar,--07WQ2iBlw,1,11,val\nzumba,leaky_id_01,33,43,val\n",
                ["annotations/kinetics-400_test.csv"] = "youtube_id,time_start,time_end,split\n--6bJUbfpnQ,17,27,test\n",
            },
            [
                "train/testing guitar/---QUuC4vJs_000084_000094.mp4", "train/testing guitar/-08t7HpNpKE_000005_000015.mp4", "train/zumba/-1q7jA3DXQM_000010_000020.mp4",
                "-2VXhGGeOWg_000120_000130.mkv", "train/zumba/leaky_id_01_000001_000011.mp4", "val/testing_guitar/--07WQ2iBlw_000001_000011.mp4",
                "val/zumba/leaky_id_01_000033_000043.mp4",
            ]),
        "something-something-v2" => new(
            new SomethingSomethingLayout(),
            new Dictionary<string, string>
            {
                ["labels/something-something-v2-labels.json"] = "{\n\"Holding something next to something\":\"1\",\n\"Approaching something with your camera\":\"0\"\n}",
                ["labels/something-something-v2-train.json"] =
                    "[\n{\"id\":\"78687\",\"label\":\"holding potato next to vicks vaporub bottle\",\"template\":\"Holding [something] next to [something]\",\"placeholders\":[\"potato\",\"vicks vaporub bottle\"]},\n"
                    + "{\"id\":\"42326\",\"label\":\"approaching cup with your camera\",\"template\":\"Approaching [something] with your camera\",\"placeholders\":[\"cup\"]},\n"
                    + "{\"id\":\"3\",\"label\":\"approaching a\",\"template\":\"Approaching [something] with your camera\",\"placeholders\":[\"a\"]},\n"
                    + "{\"id\":\"4\",\"label\":\"holding\",\"template\":\"Holding [something] next to [something]\",\"placeholders\":[\"a\",\"b\"]}\n]",
                ["labels/something-something-v2-validation.json"] =
                    "[\n{\"id\":\"74225\",\"label\":\"holding a next to b\",\"template\":\"Holding [something] next to [something]\",\"placeholders\":[\"a\",\"b\"]},\n"
                    + "{\"id\":\"9\",\"label\":\"approaching b\",\"template\":\"Approaching [something] with your camera\",\"placeholders\":[\"b\"]}\n]",
            },
            [.. ((int[])[78687, 42326, 3, 4, 74225, 9]).Select(id => $"20bn-something-something-v2/{id}.webm")]),
        "moments-in-time" => new(
            new MomentsInTimeLayout(),
            new Dictionary<string, string>
            {
                ["moments_categories.txt"] = "clapping,0\nadult+female+speaking,1\n",
                ["trainingSet.csv"] =
                    "clapping/yt-0fCxHWQl1-g_17.mp4,clapping,3,0\nclapping/yt-0fCxHWQl1-g_29.mp4,clapping,4,1\nclapping/flickr-5-7-1-8-3-9-1-1_2.mp4,clapping,3,0\n"
                    + "adult+female+speaking/getty-a.mp4,adult+female+speaking,3,0\nadult+female+speaking/getty-b.mp4,adult+female+speaking,3,0\n",
                ["validationSet.csv"] = "clapping/yt-7_1.mp4,clapping,3,0\nadult+female+speaking/yt-8_1.mp4,adult+female+speaking,3,0\n",
            },
            [
                "training/clapping/yt-0fCxHWQl1-g_17.mp4", "training/clapping/yt-0fCxHWQl1-g_29.mp4", "training/clapping/flickr-5-7-1-8-3-9-1-1_2.mp4",
                "training/adult+female+speaking/getty-a.mp4", "training/adult+female+speaking/getty-b.mp4",
                "validation/clapping/yt-7_1.mp4", "validation/adult+female+speaking/yt-8_1.mp4",
            ]),
        "epic-kitchens-100" => OfEpicKitchens(EpicLabel.Verb),
        "epic-kitchens-100 verb+noun" => OfEpicKitchens(EpicLabel.VerbAndNoun),
        "charades" => new(
            new CharadesLayout(),
            new Dictionary<string, string>
            {
                ["Charades/Charades_v1_classes.txt"] = "c000 Holding some clothes\nc001 Putting clothes somewhere\nc002 Opening a door\n",
                ["Charades/Charades_v1_train.csv"] = CharadesHeader
                    + "0AAAA,S1,Bedroom,6,7,Yes,\"A person folds clothes, then leaves.\",clothes;door,\"Someone says \"\"hello\"\".\",c002 11.90 21.20;c000 0.00 12.60;c002 22.00 23.10,24.83\n"
                    + "0BBBB,S1,Kitchen,5,,No,A person waits.,,A person waits.,,30.00\n"
                    + "0CCCC,S2,Bedroom,6,7,Yes,A person puts clothes away.,clothes,A person.,c001 0.00 12.60,18.75\n",
                ["Charades/Charades_v1_test.csv"] = CharadesHeader
                    + "0DDDD,S3,Hallway,6,7,Yes,A person comes in.,door,A person.,c002 0.00 4.00;c000 3.10 5.00,20.00\n"
                    + "0EEEE,S4,Hallway,6,7,Yes,A person stands.,,A person.,,12.00\n",
            },
            [.. ((string[])["0AAAA", "0BBBB", "0CCCC", "0DDDD", "0EEEE"]).Select(id => $"Charades_v1_480/{id}.mp4")]),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such fixture"),
    };

    public static TheoryData<string> Names =>
    [
        "video-folder", "class-folders", "ucf101", "hmdb51", "kinetics", "something-something-v2", "moments-in-time", "epic-kitchens-100",
        "epic-kitchens-100 verb+noun", "charades",
    ];

    private const string CharadesHeader = "id,subject,scene,quality,relevance,verified,script,objects,descriptions,actions,length\n";

    private const string EpicHeader =
        "narration_id,participant_id,video_id,narration_timestamp,start_timestamp,stop_timestamp,start_frame,stop_frame,narration,verb,verb_class,noun,noun_class,all_nouns,all_noun_classes\n";

    /// <summary>Writes it into <paramref name="folder"/>; <paramref name="video"/> makes the file of the n-th video.</summary>
    public static void WriteTo(this Dataset dataset, string folder, Action<int, string> video)
    {
        foreach (var (path, text) in dataset.Annotations) Write(folder, path, text);
        for (int i = 0; i < dataset.Videos.Count; i++)
        {
            string file = Path.Combine(folder, dataset.Videos[i]);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            video(i, file);
        }
    }

    public static void Write(string folder, string path, string text)
    {
        string file = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private static Dataset OfManifest(Func<int, string> path) => new(
        new ManifestLayout(),
        new Dictionary<string, string>
        {
            ["manifest.csv"] = "path,label,split,subject\n" + string.Concat(((string[])["walk,train,a", "wave,train,b", "walk,val,c", "wave,val,d", "walk,test,e", "wave,test,e"])
                .Select((rest, i) => $"{path(i)},{rest}\n")),
        },
        [.. Enumerable.Range(0, 6).Select(path)]);

    private static Dataset OfEpicKitchens(EpicLabel label) => new(
        new EpicKitchensLayout { Label = label },
        new Dictionary<string, string>
        {
            ["annotations/EPIC_100_verb_classes.csv"] = "id,key,instances,category\n0,take,\"['take', 'grab']\",retrieve\n1,open,\"['open']\",access\n",
            ["annotations/EPIC_100_noun_classes.csv"] = "id,key,instances,category\n0,door,\"['door']\",furniture\n1,knife,\"['knife']\",cutlery\n",
            ["annotations/EPIC_100_train.csv"] = EpicHeader
                + "P01_01_0,P01,P01_01,00:00:00.100,00:00:00.50,00:00:01.00,30,60,open door,open,1,door,0,['door'],[0]\n"
                + "P01_01_1,P01,P01_01,00:00:01.000,00:00:01.00,00:00:01.80,60,108,take knife and door,take,0,knife,1,\"['knife', 'door']\",\"[1, 0]\"\n"
                + "P01_02_0,P01,P01_02,00:00:00.000,00:00:00.00,00:00:02.00,0,120,take knife,take,0,knife,1,['knife'],[1]\n"
                + "P01_03_0,P01,P01_03,00:00:00.000,00:00:00.00,00:00:01.50,0,90,take door,take,0,door,0,['door'],[0]\n",
            ["annotations/EPIC_100_validation.csv"] = EpicHeader + "P02_01_0,P02,P02_01,00:00:00.100,00:00:00.20,00:00:01.20,12,72,open door,open,1,door,0,['door'],[0]\n",
        },
        ["P01/videos/P01_01.MP4", "P01/videos/P01_02.MP4", "P01/videos/P01_03.MP4", "P02/videos/P02_01.MP4"]);
}
