namespace MoViNetNAS.Spaces.Tests;

/// <summary>Parameters and multiply-adds of the comparison networks against published counts.</summary>
public sealed class ComparisonCountTests
{
    /// <remarks>Source: torchvision, models/mobilenetv3.py, num_params of the ImageNet weights (1000 classes): exact. A shift has no parameters.</remarks>
    [Theory]
    [InlineData("mobilenetv3-small", 2_542_856)]
    [InlineData("mobilenetv3-large", 5_483_032)]
    [InlineData("mobilenetv3-small-tsm", 2_542_856)]
    [InlineData("mobilenetv3-large-tsm", 5_483_032)]
    public void Parameters_of_MobileNetV3_are_torchvisions(string name, long parameters)
    {
        foreach (bool isCausal in new[] { false, true })
            Assert.Equal(parameters, Cost(name, isCausal, 1000, null).TrainableParameters);
    }

    /// <remarks>Source: PyTorchVideo, docs/source/model_zoo.md, in millions with two digits after the point (Kinetics-400); X3D-L: SlowFast, MODEL_ZOO.md, one digit.</remarks>
    [Theory]
    [InlineData("x3d-s", 3.79, 0.005)]
    [InlineData("x3d-m", 3.79, 0.005)]
    [InlineData("x3d-l", 6.2, 0.05)]
    [InlineData("resnet3d-50", 32.45, 0.005)]
    public void Parameters_of_3d_networks_are_the_model_zoos(string name, double millions, double rounding)
    {
        foreach (bool isCausal in new[] { false, true })
            Assert.Equal(millions, Cost(name, isCausal, 400, null).TrainableParameters / 1e6, rounding);
    }

    /// <remarks>Source: torchvision, _ops of the same weights, in giga multiply-adds of a 224x224 image with three digits after the point.</remarks>
    [Theory]
    [InlineData("mobilenetv3-small", 0.057)]
    [InlineData("mobilenetv3-large", 0.217)]
    public void Multiply_adds_of_a_frame_of_MobileNetV3_are_torchvisions(string name, double giga)
    {
        Assert.Equal(giga, Cost(name, isCausal: false, 1000, new InputShape(1, 224)).Macs / 1e9, 0.0005);
        Assert.Equal(giga, Cost(name, isCausal: true, 1000, null).MacsPerFrame / 1e9, 0.0005);
    }

    /// <remarks>Source: SlowFast, MODEL_ZOO.md, X3D models at the crops of training; PyTorchVideo, docs/source/model_zoo.md, Slow R50 8x8 at
    /// 256x256. In giga multiply-adds with two digits after the point.</remarks>
    [Theory]
    [InlineData("x3d-s", 160, 1.96)]
    [InlineData("x3d-m", 224, 4.73)]
    [InlineData("x3d-l", 312, 18.37)]
    [InlineData("resnet3d-50", 256, 54.52)]
    public void Multiply_adds_of_3d_networks_are_the_model_zoos(string name, int resolution, double giga) =>
        Assert.Equal(giga, Cost(name, isCausal: false, 400, AtResolution(name, resolution)).Macs / 1e9, 0.005);

    /// <remarks>Source: PyTorchVideo, docs/source/model_zoo.md, at the crops of testing (SlowFast, configs/Kinetics, TEST_CROP_SIZE). They are
    /// higher than SlowFast's counts by about five operations for each element of a batch norm, which is our reading: hence 0.2 %.</remarks>
    [Theory]
    [InlineData("x3d-s", 182, 2.96)]
    [InlineData("x3d-m", 256, 6.72)]
    public void With_five_operations_for_each_element_of_a_norm_they_are_nearly_PyTorchVideos(string name, int resolution, double giga)
    {
        var rows = new ComparisonDesign(ComparisonArchitectures.Get(name), IsCausal: false).CostRows(400, AtResolution(name, resolution));
        Assert.Equal(giga, rows.Sum(row => row.Macs + 5 * row.NormalizedElements) / 1e9, 0.002 * giga);
    }

    [Fact]
    public void A_shift_carries_an_eighth_of_one_frame_of_each_block_that_has_it()
    {
        var states = new ComparisonDesign(ComparisonArchitectures.Get("mobilenetv3-small-tsm"), IsCausal: true).States(10, 224);
        var shifts = states.Where(state => state.Kind == StreamStateKind.StreamBuffer).Select(state => (state.Name, string.Join('x', state.Shape)));
        Assert.Equal(
            [
                ("state_block2_shift_stream_buffer", "1x1x28x28x3"), ("state_block4_shift_stream_buffer", "1x1x14x14x5"),
                ("state_block5_shift_stream_buffer", "1x1x14x14x5"), ("state_block7_shift_stream_buffer", "1x1x14x14x6"),
                ("state_block9_shift_stream_buffer", "1x1x7x7x12"), ("state_block10_shift_stream_buffer", "1x1x7x7x12"),
            ],
            shifts);
        Assert.Equal([1, 1, 1, 1, 10], states.Single(state => state.Kind == StreamStateKind.PoolSum).Shape);
    }

    [Fact]
    public void Buffers_are_of_the_frames_that_temporal_kernels_see()
    {
        var states = new ComparisonDesign(ComparisonArchitectures.Get("resnet3d-50"), IsCausal: true).States(400, 224);
        Assert.Equal(9, states.Count(state => state.Kind == StreamStateKind.StreamBuffer));
        Assert.Equal([1, 2, 28, 28, 512], states[0].Shape); // the first block of the third stage, whose stride comes after its temporal kernel
        Assert.Equal([1, 1, 1, 1, 2048], states.Single(state => state.Kind == StreamStateKind.PoolSum).Shape);
        var x3d = new ComparisonDesign(ComparisonArchitectures.Get("x3d-s"), IsCausal: true).States(400, 160);
        Assert.Equal(("stem1", "1x4x80x80x24"), (x3d[0].Layer, string.Join('x', x3d[0].Shape)));
    }

    [Fact]
    public void An_unknown_network_is_refused_with_the_nearest_name() =>
        Assert.Contains("x3d-s", Assert.Throws<InputException>(() => ComparisonArchitectures.Get("x3d-z")).Message);

    private static InputShape AtResolution(string name, int resolution) => ComparisonArchitectures.Get(name).Input with { Resolution = resolution };

    private static Cost Cost(string name, bool isCausal, int classes, InputShape? input) =>
        CostModel.Of(new ComparisonDesign(ComparisonArchitectures.Get(name), isCausal), classes, input);
}
