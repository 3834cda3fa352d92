namespace MoViNetNAS.Reporting;

/// <summary>The works that this program's methods come from.</summary>
public static class References
{
    private const string Cvpr = "IEEE/CVF Conference on Computer Vision and Pattern Recognition (CVPR)";
    private const string Eccv = "European Conference on Computer Vision (ECCV)";
    private const string Iccv = "IEEE/CVF International Conference on Computer Vision (ICCV)";
    private const string Iclr = "International Conference on Learning Representations (ICLR)";

    private static readonly Dictionary<string, Reference> ByKey = new Reference[]
    {
        new("movinet", ["Dan Kondratyuk", "Liangzhe Yuan", "Yandong Li", "Li Zhang", "Mingxing Tan", "Matthew Brown", "Boqing Gong"],
            "MoViNets: Mobile Video Networks for Efficient Video Recognition", Cvpr, 2021, "2103.11511"),
        new("tunas", ["Gabriel Bender", "Hanxiao Liu", "Bo Chen", "Grace Chu", "Shuyang Cheng", "Pieter-Jan Kindermans", "Quoc V. Le"],
            "Can Weight Sharing Outperform Random Architecture Search? An Investigation With TuNAS", Cvpr, 2020, "2008.06120"),
        new("spos", ["Zichao Guo", "Xiangyu Zhang", "Haoyuan Mu", "Wen Heng", "Zechun Liu", "Yichen Wei", "Jian Sun"],
            "Single Path One-Shot Neural Architecture Search with Uniform Sampling", Eccv, 2020, "1904.00420"),
        new("fairnas", ["Xiangxiang Chu", "Bo Zhang", "Ruijun Xu"],
            "FairNAS: Rethinking Evaluation Fairness of Weight Sharing Neural Architecture Search", Iccv, 2021, "1907.01845"),
        new("bignas", ["Jiahui Yu", "Pengchong Jin", "Hanxiao Liu", "Gabriel Bender", "Pieter-Jan Kindermans", "Mingxing Tan", "Thomas Huang", "Xiaodan Song", "Ruoming Pang", "Quoc Le"],
            "BigNAS: Scaling Up Neural Architecture Search with Big Single-Stage Models", Eccv, 2020, "2003.11142"),
        new("tabnas", ["Chengrun Yang", "Gabriel Bender", "Hanxiao Liu", "Pieter-Jan Kindermans", "Madeleine Udell", "Yifeng Lu", "Quoc Le", "Da Huang"],
            "TabNAS: Rejection Sampling for Neural Architecture Search on Tabular Datasets", "Advances in Neural Information Processing Systems (NeurIPS)", 2022, "2204.07615"),
        new("searchphase", ["Kaicheng Yu", "Christian Sciuto", "Martin Jaggi", "Claudiu Musat", "Mathieu Salzmann"],
            "Evaluating the Search Phase of Neural Architecture Search", Iclr, 2020, "1902.08142"),
        new("bestpractices", ["Marius Lindauer", "Frank Hutter"],
            "Best Practices for Scientific Research on Neural Architecture Search", "Journal of Machine Learning Research", 2020, "1909.02453") { Issue = ("21", "243", "1-18") },
        new("adamw", ["Ilya Loshchilov", "Frank Hutter"],
            "Decoupled Weight Decay Regularization", Iclr, 2019, "1711.05101"),
        new("reinforce", ["Ronald J. Williams"],
            "Simple Statistical Gradient-Following Algorithms for Connectionist Reinforcement Learning", "Machine Learning", 1992, null) { Issue = ("8", null, "229-256") },
    }.ToDictionary(work => work.Key);

    /// <summary>All of them.</summary>
    public static IReadOnlyCollection<Reference> All => ByKey.Values;

    /// <summary>The work that texts cite as <paramref name="key"/>.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Reference Get(string key) => ByKey.TryGetValue(key, out var work) ? work : throw new ArgumentException($"there is no work '{key}'; known: {string.Join(", ", ByKey.Keys)}.", nameof(key));
}
