namespace MoViNetNAS.Models;

/// <summary>Collects the entries of a state dict of the port, part by part.</summary>
internal sealed class PortTensorList(PortLayout layout)
{
    private readonly List<PortTensor> _tensors = [];

    public IReadOnlyList<PortTensor> Tensors => _tensors;

    private string Word => layout == PortLayout.Conv3d ? "conv3d" : "conv2d";

    public void Scalar(string key, string name) => _tensors.Add(new PortTensor(key, [], name));

    /// <summary>A kernel over space, or space and time: [outputs, inputs, kt, ks, ks], without kt in four axes (where it is 1).</summary>
    public void Convolution(string port, string name, int outputs, int inputs, int frames, int rows, int columns) =>
        _tensors.Add(new PortTensor(
            $"{port}.{Word}.weight", layout == PortLayout.Conv3d ? [outputs, inputs, frames, rows, columns] : [outputs, inputs, rows, columns], name));

    /// <summary>A depthwise kernel over time: [width, 1, kt, 1, 1] or [width, 1, kt, 1].</summary>
    public void Temporal(string port, string name, int width, int frames) =>
        _tensors.Add(new PortTensor($"{port}.{Word}.weight", layout == PortLayout.Conv3d ? [width, 1, frames, 1, 1] : [width, 1, frames, 1], name));

    /// <summary>A 1x1x1 convolution without bias; we keep a matrix.</summary>
    public void Pointwise(string port, string name, int outputs, int inputs) => Convolution(port, $"{name}.weight", outputs, inputs, 1, 1, 1);

    /// <summary>A 1x1x1 convolution with bias.</summary>
    public void Dense(string port, string name, int outputs, int inputs)
    {
        Pointwise(port, name, outputs, inputs);
        _tensors.Add(new PortTensor($"{port}.{Word}.bias", [outputs], $"{name}.bias"));
    }

    public void Norm(string port, string name, int width)
    {
        _tensors.Add(new PortTensor($"{port}.norm.weight", [width], $"{name}.scale"));
        _tensors.Add(new PortTensor($"{port}.norm.bias", [width], $"{name}.shift"));
        _tensors.Add(new PortTensor($"{port}.norm.running_mean", [width], $"{name}.runningMean"));
        _tensors.Add(new PortTensor($"{port}.norm.running_var", [width], $"{name}.runningVariance"));
        _tensors.Add(new PortTensor($"{port}.norm{PortNames.CounterSuffix}", [], null));
    }
}
