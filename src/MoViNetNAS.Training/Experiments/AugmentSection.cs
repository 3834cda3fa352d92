using System.Text.Json.Nodes;
using MoViNetNAS.Data;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Training;

/// <summary>The section "augment" of the data of an experiment.</summary>
internal static class AugmentSection
{
    public static ClipAugmentation Read(ConfigNode node)
    {
        var o = node.Object("resizedCrop", "colour", "randAugment", "autoAugment");
        bool isAutoAugmented = o.Optional("autoAugment", n => n.Bool(), false);
        if (isAutoAugmented && o.Has("randAugment")) node.Fail("has both randAugment and autoAugment; one of them can be used");
        return new ClipAugmentation
        {
            ResizedCrop = o.Optional("resizedCrop", ReadCrop, null),
            Colour = o.Optional("colour", ReadColour, null),
            RandAugment = o.Optional("randAugment", ReadRandAugment, null),
            IsAutoAugmented = isAutoAugmented,
        };
    }

    public static JsonObject Write(ClipAugmentation augment)
    {
        var json = new JsonObject();
        if (augment.ResizedCrop is { } crop)
        {
            json["resizedCrop"] = new JsonObject
            {
                ["area"] = new JsonArray(crop.MinimumArea, crop.MaximumArea),
                ["aspect"] = new JsonArray(crop.MinimumAspect, crop.MaximumAspect),
            };
        }

        if (augment.Colour is { } colour)
            json["colour"] = new JsonObject { ["brightness"] = colour.Brightness, ["contrast"] = colour.Contrast, ["saturation"] = colour.Saturation };
        if (augment.RandAugment is { } rand) json["randAugment"] = new JsonObject { ["operations"] = rand.Operations, ["magnitude"] = rand.Magnitude };
        if (augment.IsAutoAugmented) json["autoAugment"] = true;
        return json;
    }

    // "resizedCrop": true has the published ranges.
    private static ResizedCrop? ReadCrop(ConfigNode node)
    {
        var standard = new ResizedCrop();
        if (!node.IsObject) return node.Bool() ? standard : null;
        var o = node.Object("area", "aspect");
        var (minimumArea, maximumArea) = o.Optional("area", n => ReadRange(n, 0.001, 1), (standard.MinimumArea, standard.MaximumArea));
        if (maximumArea < 0.1) node.Field("area")!.Fail("ends below 0.1, and no crop shows less than a tenth of the picture");
        var (minimumAspect, maximumAspect) = o.Optional("aspect", n => ReadRange(n, 0.1, 10), (standard.MinimumAspect, standard.MaximumAspect));
        return new ResizedCrop(minimumArea, maximumArea, minimumAspect, maximumAspect);
    }

    private static (double Minimum, double Maximum) ReadRange(ConfigNode node, double minimum, double maximum)
    {
        double[] ends = [.. node.Array(2).Select(end => end.Number(minimum, maximum))];
        if (ends.Length < 2) return (minimum, maximum);
        if (ends.Length > 2 || ends[0] > ends[1]) node.Fail("must be two numbers, the smaller one first");
        return (ends[0], ends[1]);
    }

    private static ColourJitter ReadColour(ConfigNode node)
    {
        var o = node.Object("brightness", "contrast", "saturation");
        double Strength(string key) => o.Optional(key, n => n.Number(0, 1), 0);
        return new ColourJitter(Strength("brightness"), Strength("contrast"), Strength("saturation"));
    }

    private static RandAugment ReadRandAugment(ConfigNode node)
    {
        var standard = new RandAugment();
        var o = node.Object("operations", "magnitude");
        return new RandAugment(
            o.Optional("operations", n => n.Int(1, 10), standard.Operations), o.Optional("magnitude", n => n.Number(0, 10), standard.Magnitude));
    }
}
