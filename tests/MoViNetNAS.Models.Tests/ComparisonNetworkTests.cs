using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Models.Tests.Kernels;
using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Tests;

/// <summary>Networks that MoViNets are compared with: what is built is what was counted, streams equal clips, and all of it learns.</summary>
[Collection(KernelCollection.Name)]
public sealed class ComparisonNetworkTests
{
    private const int Classes = 5, Resolution = 40, Frames = 7;

    public static TheoryData<string> Names() => [.. ComparisonArchitectures.ByName.Keys];

    // One of each family, at a resolution that some strides do not divide.
    public static TheoryData<string> Families() => ["x3d-s", "resnet3d-50", "mobilenetv3-small", "mobilenetv3-small-tsm"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Parameters_of_the_built_network_are_those_that_were_counted(string name)
    {
        using var scope = NewDisposeScope();
        var design = new ComparisonDesign(ComparisonArchitectures.Get(name), IsCausal: true);
        using var network = VideoNetwork.Of(design, Classes, new FirstWeights(new RandomStream(1)));
        var cost = CostModel.Of(design, Classes);
        long trainable = network.parameters().Sum(parameter => parameter.numel());
        Assert.Equal(cost.TrainableParameters, trainable);
        Assert.Equal(cost.TotalParameters, trainable + network.buffers().Sum(buffer => buffer.numel()));
    }

    // SlowFast starts the last norm of each residual block of X3D and Slow R50 at 0 (ZERO_INIT_FINAL_BN), torchvision no norm of MobileNetV3.
    [Theory]
    [InlineData("x3d-s", 26)]
    [InlineData("resnet3d-50", 16)]
    [InlineData("mobilenetv3-small", 0)]
    public void Last_norms_of_blocks_start_at_the_residual_scale_where_the_published_ones_start_at_0(string name, int expected)
    {
        using var network = VideoNetwork.Of(new ComparisonDesign(ComparisonArchitectures.Get(name), IsCausal: false), Classes, new FirstWeights(new RandomStream(1), ResidualScale: 0.25));
        var scales = network.named_parameters().Where(entry => entry.name.EndsWith("norm.scale", StringComparison.Ordinal)).ToArray();
        string[] low = [.. scales.Where(entry => Values(entry.parameter).All(value => value == 0.25f)).Select(entry => entry.name)];
        Assert.Equal(expected, low.Length);
        Assert.All(low, entry => Assert.Contains("convolutions.2.", entry, StringComparison.Ordinal));
        Assert.All(scales.Where(entry => !low.Contains(entry.name)), entry => Assert.All(Values(entry.parameter), value => Assert.Equal(1, value)));
    }

    // Sums over a clip and over its parts are made in different orders: 1e-5 of the largest logit.
    [Theory]
    [MemberData(nameof(Families))]
    public void Streaming_equals_the_whole_clip_for_any_split(string name)
    {
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        var random = new RandomStream(3).Derive(name);
        using var network = Make(name, isCausal: true, random);
        TinySpace.Wake(network, random);
        var clip = StreamingLaws.Clip(2, Frames, Resolution, random);
        float[] whole = Values(network.Classify(clip));
        long bytes = CostModel.Of(network.Design, Classes, new InputShape(1, Resolution)).StreamStateBytes;
        for (int split = 0; split < 3; split++)
        {
            var state = network.InitialState(2, Resolution);
            Tensor? last = null;
            for (int start = 0; start < Frames;)
            {
                int length = Math.Min(Frames - start, split == 0 ? 1 : 1 + random.Below(4));
                (last, var next) = network.Step(clip.narrow(2, start, length), state);
                AssertShapes(network, next);
                Assert.Equal(2 * bytes, next.Bytes);
                state.Dispose();
                state = next;
                start += length;
            }

            AssertWithin(whole, Values(last!));
            state.Dispose();
        }
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Logits_after_each_frame_are_those_of_the_clip_up_to_it(string name)
    {
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        var random = new RandomStream(4).Derive(name);
        using var network = Make(name, isCausal: true, random);
        TinySpace.Wake(network, random);
        var clip = StreamingLaws.Clip(1, 4, Resolution, random);
        using var start = network.InitialState(1, Resolution);
        var (perFrame, next) = network.StepFrames(clip, start);
        for (int t = 0; t < 4; t++) AssertWithin(Values(network.Classify(clip.narrow(2, 0, t + 1))), Values(perFrame.select(1, t)));
        next.Dispose();
    }

    // Libtorch's operators, in double precision where its float32 is wrong, know nothing of our gathering and our kernels.
    [Theory]
    [MemberData(nameof(Families))]
    public void Our_operators_give_libtorchs_logits(string name)
    {
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        var random = new RandomStream(5).Derive(name);
        foreach (bool isCausal in new[] { false, true })
        {
            using var network = Make(name, isCausal, random);
            TinySpace.Wake(network, random);
            var clip = StreamingLaws.Clip(1, 4, Resolution, random);
            float[] own = Values(network.Classify(clip));
            try
            {
                LibtorchPath.IsOn = true;
                AssertWithin(own, Values(network.Classify(clip)), 1e-4f);
            }
            finally
            {
                LibtorchPath.IsOn = false;
            }
        }
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void A_training_step_reaches_every_parameter_and_lowers_the_loss(string name)
    {
        using var scope = NewDisposeScope();
        var random = new RandomStream(6).Derive(name);
        foreach (bool isCausal in new[] { false, true })
        {
            using var network = Make(name, isCausal, random);
            var clip = StreamingLaws.Clip(2, 3, 32, random);
            var labels = tensor(new long[] { 1, 3 });
            Tensor Loss() => nn.functional.cross_entropy(network.Classify(clip, ForwardMode.Batch), labels);
            var before = Loss();
            before.backward();
            using var quiet = no_grad();
            foreach (var (parameterName, parameter) in network.named_parameters())
            {
                Assert.True(parameter.grad is not null, parameterName);
                parameter.sub_(parameter.grad * 1e-3);
            }

            Assert.True(Loss().item<float>() < before.item<float>(), $"{Loss().item<float>()} after {before.item<float>()}");
        }
    }

    [Fact]
    public void Training_moves_the_running_averages_and_dropout_needs_chance()
    {
        using var scope = NewDisposeScope();
        var random = new RandomStream(7);
        using var network = Make("mobilenetv3-small-tsm", isCausal: false, random);
        var clip = StreamingLaws.Clip(1, 2, 32, random);
        network.Classify(clip, new ForwardMode(NormMode.Training, DropoutRate: 0.5, StochasticDepthRate: 0.2, random));
        Assert.All(network.named_buffers().Where(buffer => buffer.name.EndsWith("Variance", StringComparison.Ordinal)),
            buffer => Assert.NotEqual(buffer.buffer.numel(), buffer.buffer.sum().item<float>()));
        Assert.Throws<ArgumentException>(() => network.Classify(clip, new ForwardMode(NormMode.Training, DropoutRate: 0.5)));
        Assert.Throws<InvalidOperationException>(() => network.InitialState());
    }

    [Fact]
    public void A_stream_holds_no_more_tensors_after_frame_40_than_after_frame_2()
    {
        var random = new RandomStream(8);
        using var network = Make("mobilenetv3-small-tsm", isCausal: true, random);
        using var inference = inference_mode();
        var state = network.InitialState(1, 32);
        long after2 = 0;
        for (int t = 1; t <= 40; t++)
        {
            if (t == 3) after2 = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            using var step = NewDisposeScope();
            var (_, next) = network.Step(StreamingLaws.Clip(1, 1, 32, random), state);
            state.Dispose();
            state = next.DetachFromDisposeScope();
        }

        Assert.Equal(after2, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        state.Dispose();
    }

    private static VideoNetwork Make(string name, bool isCausal, RandomStream random) =>
        VideoNetwork.Of(new ComparisonDesign(ComparisonArchitectures.Get(name), isCausal), Classes, new FirstWeights(random, ResidualScale: 1));

    private static void AssertShapes(VideoNetwork network, StreamState state)
    {
        var named = state.Named();
        var expected = network.Design.States(Classes, Resolution);
        Assert.Equal(
            expected.Select(shape => $"{shape.Name} {string.Join('x', shape.IsFloat ? shape.Shape.SetItem(0, 2) : shape.Shape)}"),
            named.Select(entry => $"{entry.Key} {string.Join('x', entry.Value.shape)}"));
        foreach (var (_, tensor) in named) tensor.Dispose();
    }

    private static float[] Values(Tensor x) => [.. x.detach().contiguous().data<float>()];

    private static void AssertWithin(float[] expected, float[] actual, float relative = 1e-5f)
    {
        float tolerance = relative * Math.Max(1, expected.Max(Math.Abs));
        for (int i = 0; i < expected.Length; i++) Assert.InRange(actual[i], expected[i] - tolerance, expected[i] + tolerance);
    }
}
