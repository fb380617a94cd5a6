using KerasPort.Engines;
using KerasPort.Graphs;
using KerasPort.Layers;
using KerasPort.Pictures;
using KerasPort.Random;

namespace KerasPort;

/// <content>Geometric transforms of images, and conversions between colour spaces.</content>
public sealed partial class OpsImageModule
{
    /// <summary>Transforms images: the pixel at x, y is taken from (t₀x + t₁y + t₂) / k, (t₃x + t₄y + t₅) / k with k = t₆x + t₇y + 1.</summary>
    /// <param name="images">The images.</param>
    /// <param name="transform">The eight numbers t₀ to t₇, [8] for all images or [images, 8].</param>
    /// <param name="interpolation">The interpolation: "bilinear" or "nearest".</param>
    /// <param name="fill_mode">The filling outside of an image: "reflect", "wrap", "constant" or "nearest".</param>
    /// <param name="fill_value">The value outside of an image, for "constant".</param>
    /// <exception cref="ValueError">The transform has another shape, or the interpolation or mode is unknown.</exception>
    public Tensor affine_transform(Tensor images, NDArray transform, string interpolation = "bilinear", string fill_mode = "constant", double fill_value = 0)
    {
        Size(images);
        if (transform.ndim is not (1 or 2) || transform.shape[-1] != ImageTransform.Numbers)
            throw new ValueError($"Invalid transform: expected eight numbers, or those of each image. Received: transform.shape={transform.shape}");
        var fill = RandomTransform.Fill(fill_mode);
        bool bilinear = RandomTransform.Interpolation(interpolation) == "bilinear";
        float[] rows = transform.ToFloats();
        return Batched(images, all => new Function("AffineTransform", (g, t) =>
        {
            var (x, count) = (t[0], t[0].shape[0]!.Value);
            if (rows.Length != ImageTransform.Numbers && rows.Length != count * ImageTransform.Numbers)
                throw new ValueError($"There are {count} images. Received: transform.shape={transform.shape}");
            var both = new float[2, count * ImageTransform.Numbers];
            Span<float> inverse = stackalloc float[ImageTransform.Numbers];
            for (int i = 0; i < count; i++)
            {
                var row = rows.AsSpan(rows.Length == ImageTransform.Numbers ? 0 : i * ImageTransform.Numbers, ImageTransform.Numbers);
                ImageTransform.Invert(row, inverse);
                for (int k = 0; k < ImageTransform.Numbers; k++)
                    (both[0, i * ImageTransform.Numbers + k], both[1, i * ImageTransform.Numbers + k]) = (row[k], inverse[k]);
            }
            Tensor Of(int which) => g.Lift((Tensor)new NDArray([.. Enumerable.Range(0, both.GetLength(1)).Select(k => both[which, k])], count,
                ImageTransform.Numbers));
            return g.TransformImages(x, Of(0), new ImageTransform(x.shape[1]!.Value, x.shape[2]!.Value, x.Columns, fill, bilinear, (float)fill_value), Of(1));
        }).Of(all));
    }

    /// <summary>Applies a perspective transform that maps four points of each image to four others.</summary>
    /// <param name="images">The images.</param>
    /// <param name="start_points">The four points [4, 2], each as x, y; or [images, 4, 2].</param>
    /// <param name="end_points">The four points to which these are mapped, likewise.</param>
    /// <param name="interpolation">The interpolation: "bilinear" or "nearest".</param>
    /// <param name="fill_value">The value outside of an image.</param>
    /// <exception cref="ValueError">There aren't four points, or three of them are collinear.</exception>
    public Tensor perspective_transform(Tensor images, NDArray start_points, NDArray end_points, string interpolation = "bilinear", double fill_value = 0)
    {
        if (start_points.ndim is not (2 or 3) || start_points.shape[-2] != 4 || start_points.shape[-1] != 2
            || (Shape)start_points.shape != (Shape)end_points.shape)
            throw new ValueError("Invalid points: expected (4,2) for a single image or (N,4,2) for a batch. "
                + $"Received: start_points.shape={start_points.shape}, end_points.shape={end_points.shape}");
        float[] start = start_points.ToFloats(), end = end_points.ToFloats();
        var rows = new List<float>();
        for (int first = 0; first < start.Length; first += 8)
        {
            float[] matrix = [.. Enumerable.Range(first / 2, 4).SelectMany(point =>
            {
                float x = start[2 * point], y = start[2 * point + 1], toX = end[2 * point], toY = end[2 * point + 1];
                return (float[])[toX, toY, 1, 0, 0, 0, -x * toX, -x * toY, 0, 0, 0, toX, toY, 1, -y * toX, -y * toY];
            })], right = start[first..(first + 8)];
            LinearEquations.Solve(matrix, right);
            rows.AddRange(right);
        }
        return affine_transform(images, new NDArray([.. rows], rows.Count / 8, 8), interpolation, "constant", fill_value);
    }

    /// <summary>Deforms images elastically: pixels are displaced by blurred noise.</summary>
    /// <param name="images">The images.</param>
    /// <param name="alpha">The scale of the displacement.</param>
    /// <param name="sigma">The standard deviation of the noise and of the blur.</param>
    /// <param name="interpolation">The interpolation: "bilinear" or "nearest".</param>
    /// <param name="fill_mode">The filling outside of an image: "reflect", "wrap", "constant" or "nearest".</param>
    /// <param name="fill_value">The value outside of an image, for "constant".</param>
    /// <param name="seed">The seed of the noise.</param>
    /// <exception cref="ValueError">The interpolation or mode is unknown.</exception>
    public Tensor elastic_transform(Tensor images, double alpha = 20.0, double sigma = 5.0, string interpolation = "bilinear", string fill_mode = "reflect",
        double fill_value = 0.0, Seed? seed = null)
    {
        var (height, width) = Size(images);
        RandomTransform.Fill(fill_mode);
        int order = RandomTransform.Interpolation(interpolation) == "bilinear" ? 1 : 0, size = 6 * (int)sigma | 1;
        return Batched(images, x =>
        {
            var ops = Python.keras.ops;
            int count = x.shape[0] ?? throw new ValueError("`elastic_transform` draws noise for each image: it is of images whose number is known.");
            // As in Keras, both directions have the same noise.
            var noise = Python.keras.random.normal(new Shape(count, height, width, 1), seed: seed) * sigma;
            var move = alpha * ops.reshape(gaussian_blur(noise, (size, size), (sigma, sigma)), new Shape(count, height, width));
            Tensor down = ops.add(ops.reshape(ops.arange(height), (1, height, 1)), move), across = ops.add(ops.reshape(ops.arange(width), (1, 1, width)), move);
            var rows = ops.reshape(x, new Shape(count * height * width, x.shape[-1]));
            var first = ops.reshape(ops.cast(ops.arange(count), "float32"), (count, 1, 1));
            return Mapped(rows, [down, across], [height, width], first, order, fill_mode, fill_value);
        });
    }

    /// <summary>Interpolates an array at coordinates between its elements.</summary>
    /// <param name="inputs">The array.</param>
    /// <param name="coordinates">The coordinates along each axis: one tensor with a row for each axis, or several tensors.</param>
    /// <param name="order">1 for linear interpolation, 0 for the nearest element.</param>
    /// <param name="fill_mode">The filling outside of the array: "constant", "nearest", "wrap", "mirror" or "reflect".</param>
    /// <param name="fill_value">The value outside, for "constant".</param>
    /// <exception cref="ValueError">The number of coordinates isn't that of the axes, or the order or mode is unknown.</exception>
    public Tensor map_coordinates(Tensor inputs, Tensors coordinates, int order, string fill_mode = "constant", double fill_value = 0)
    {
        var ops = Python.keras.ops;
        Tensor[] along = coordinates is [var one] ? [.. ops.unstack(one, axis: 0)] : [.. coordinates];
        if (along.Length != inputs.shape.Rank)
            throw new ValueError("First dim of `coordinates` must be the same as the rank of `inputs`. "
                + $"Received inputs with shape: {inputs.shape} and coordinate leading dim of {along.Length}");
        if (order is not (0 or 1)) throw new ValueError($"map_coordinates currently requires order<=1. Received: order={order}");
        if (fill_mode is not ("constant" or "nearest" or "wrap" or "mirror" or "reflect"))
            throw new ValueError("Invalid value for argument `fill_mode`. Expected one of {'constant', 'nearest', 'wrap', 'mirror', 'reflect'}. "
                + $"Received: fill_mode={fill_mode}");
        int[] sizes = [.. inputs.shape.Select(d => d ?? throw new ValueError($"`inputs` must have known lengths. Received: inputs.shape={inputs.shape}"))];
        return ops.squeeze(Mapped(ops.reshape(inputs, (-1, 1)), along, sizes, 0.0, order, fill_mode, fill_value), -1);
    }

    /// <summary>Converts RGB to hue, saturation and value, all from 0 to 1.</summary>
    /// <exception cref="ValueError">The number of channels isn't 3.</exception>
    public Tensor rgb_to_hsv(Tensor images) => Colours("RGBToHSV", images, (r, g, b) =>
    {
        var (hue, saturation, value) = Hsv.Of(r, g, b);
        return (hue, saturation, value);
    });

    /// <summary>Converts hue, saturation and value to RGB.</summary>
    /// <exception cref="ValueError">The number of channels isn't 3.</exception>
    public Tensor hsv_to_rgb(Tensor images) => Colours("HSVToRGB", images, (hue, saturation, value) => new Hsv(hue, saturation, value).ToRgb());

    /// <summary>Extracts windows of volumes [depth, height, width], each flattened to one element: see <see cref="extract_patches"/>.</summary>
    public Tensor extract_patches_3d(Tensor volumes, Shape size, Shape? strides = null, Shape? dilation_rate = null, string padding = "valid")
    {
        var window = WindowArguments.Of(3, "size", size);
        int channels = volumes.shape[-1]!.Value, all = window.Size * channels;
        var kernel = Python.keras.ops.reshape(Python.keras.ops.eye(all), new Shape([.. window, channels, all]));
        Tensor Patches(Tensor x) => Python.keras.ops.conv(x, kernel, strides ?? window, padding, dilation_rate: dilation_rate);
        return volumes.shape.Rank > 4 ? Patches(volumes) : Python.keras.ops.squeeze(Patches(Python.keras.ops.expand_dims(volumes, 0)), 0);
    }

    /// <summary>Resamples images to a shape, with a scale and a translation along some axes.</summary>
    /// <param name="images">The images.</param>
    /// <param name="output_shape">The shape of the result.</param>
    /// <param name="scale">The scale along each of these axes.</param>
    /// <param name="translation">The translation along each of these axes, in output pixels.</param>
    /// <param name="spatial_dims">The axes.</param>
    /// <param name="method">"linear", "cubic", "lanczos3" or "lanczos5", or one of Keras' other names of the first two.</param>
    /// <param name="antialias">Whether the kernel is widened for a scale below 1.</param>
    /// <exception cref="ValueError">The method is unknown, or the numbers of scales, translations and axes differ.</exception>
    public Tensor scale_and_translate(Tensor images, Shape output_shape, double[] scale, double[] translation, int[] spatial_dims, string method,
        bool antialias = true)
    {
        if (scale.Length != spatial_dims.Length || translation.Length != spatial_dims.Length)
            throw new ValueError($"There is a scale and a translation for each of {spatial_dims.Length} axes. "
                + $"Received: {scale.Length} scales, {translation.Length} translations");
        Func<double, double> kernel = method switch
        {
            "linear" or "bilinear" or "trilinear" or "triangle" => x => Math.Max(0, 1 - x),
            "cubic" or "bicubic" or "tricubic" => x => x >= 2 ? 0 : x >= 1 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : ((1.5 * x - 2.5) * x) * x + 1,
            "lanczos3" or "lanczos5" => x => Lanczos(method[^1] - '0', x),
            _ => throw new ValueError($"Invalid value for argument `method`. Expected one of linear, cubic, lanczos3, lanczos5. Received: method={method}"),
        };
        var y = images;
        foreach (var (i, dim) in spatial_dims.Index())
        {
            int axis = dim < 0 ? dim + images.shape.Rank : dim, from = images.shape[axis]!.Value, to = output_shape[axis]!.Value;
            double step = 1 / scale[i], width = antialias ? Math.Max(step, 1) : 1;
            var weights = new float[from * to];
            for (int column = 0; column < to; column++)
            {
                double place = (column + 0.5) * step - translation[i] * step - 0.5;
                double[] all = [.. Enumerable.Range(0, from).Select(row => kernel(Math.Abs(place - row) / width))];
                double sum = all.Sum();
                bool counts = Math.Abs(sum) > 1000 * 1.1920929e-7 && place >= -0.5 && place <= from - 0.5;
                for (int row = 0; row < from; row++) weights[row * to + column] = counts ? (float)(all[row] / sum) : 0;
            }
            y = Python.keras.ops.moveaxis(Python.keras.ops.tensordot(y, new NDArray(weights, from, to), ((int[])[axis], (int[])[0])), -1, axis);
        }
        return y;
    }

    /// <summary>The structural similarity of images (SSIM): for each pair a number up to 1, which equal images have.</summary>
    /// <param name="image1">Images.</param>
    /// <param name="image2">Images of the same number and size.</param>
    /// <param name="max_val">The largest value that a pixel can have.</param>
    /// <param name="filter_size">The size of the Gaussian window.</param>
    /// <param name="filter_sigma">The standard deviation of the Gaussian window.</param>
    /// <param name="k1">The stabilization of the luminance term, relative to max_val.</param>
    /// <param name="k2">The stabilization of the contrast term, relative to max_val.</param>
    public Tensor ssim(Tensor image1, Tensor image2, double max_val = 1.0, int filter_size = 11, double filter_sigma = 1.5, double k1 = 0.01,
        double k2 = 0.03)
    {
        Size(image1);
        var ops = Python.keras.ops;
        bool isOne = image1.shape.Rank == 3;
        if (isOne) (image1, image2) = (ops.expand_dims(image1, 0), ops.expand_dims(image2, 0));
        int channels = image1.shape[-1]!.Value;
        double[] bell = Bell(filter_size, filter_sigma);
        float[] kernel = [.. bell.SelectMany(y => bell.Select(x => (float)(x * y))).SelectMany(weight => Enumerable.Repeat(weight, channels))];
        Tensor Mixed(Tensor x) => ops.depthwise_conv(x, new NDArray(kernel, filter_size, filter_size, channels, 1));
        double c1 = k1 * max_val * k1 * max_val, c2 = k2 * max_val * k2 * max_val;
        Tensor mean1 = Mixed(image1), mean2 = Mixed(image2), both = mean1 * mean2, squares = mean1 * mean1 + mean2 * mean2;
        var alike = (2.0 * both + c1) * (2.0 * (Mixed(image1 * image2) - both) + c2);
        var each = alike / ((squares + c1) * (Mixed(image1 * image1) + Mixed(image2 * image2) - squares + c2));
        var mean = ops.mean(each, axis: (1, 2, 3));
        return isOne ? ops.squeeze(mean, 0) : mean;
    }

    private static double Lanczos(int radius, double x) => x > radius ? 0
        : x > 1e-3 ? radius * Math.Sin(Math.PI * x) * Math.Sin(Math.PI * x / radius) / (Math.PI * Math.PI * x * x) : 1;

    private static Tensor Colours(string name, Tensor images, Func<float, float, float, (float, float, float)> change)
    {
        Size(images);
        if (images.shape[-1] != 3) throw new ValueError($"Invalid channel size: expected 3. Received: images.shape={images.shape}");
        return new Function(name, (g, t) => g.OnHost(t[0].shape, (x, y) =>
        {
            for (int i = 0; i < y.Length; i += 3) (y[i], y[i + 1], y[i + 2]) = change(x[0][i], x[0][i + 1], x[0][i + 2]);
        }, null, t[0])).Of(images);
    }

    /// <summary>Interpolates rows at coordinates between their elements.</summary>
    /// <param name="rows">The elements: one row of channels for each position, all axes flattened.</param>
    /// <param name="coordinates">The coordinates along each axis.</param>
    /// <param name="sizes">The length of each axis.</param>
    /// <param name="first">The index of the image that each coordinate belongs to.</param>
    /// <param name="order">1 for linear interpolation, 0 for the nearest element.</param>
    /// <param name="fill_mode">The filling outside.</param>
    /// <param name="fill_value">The value outside, for "constant".</param>
    private static Tensor Mapped(Tensor rows, Tensor[] coordinates, int[] sizes, Tensor first, int order, string fill_mode, double fill_value)
    {
        var ops = Python.keras.ops;
        Tensor? sum = null;
        for (int corner = 0; corner < (order == 0 ? 1 : 1 << sizes.Length); corner++)
        {
            Tensor place = first;
            Tensor? weight = null, isInside = null;
            for (int axis = 0; axis < sizes.Length; axis++)
            {
                var at = order == 0 ? ops.round(coordinates[axis]) : ops.floor(coordinates[axis]);
                if (order > 0)
                {
                    bool isUpper = (corner >> (sizes.Length - 1 - axis)) % 2 == 1;
                    var near = coordinates[axis] - at;
                    var share = isUpper ? near : 1.0 - near;
                    weight = weight is null ? share : weight * share;
                    if (isUpper) at += 1.0;
                }
                double size = sizes[axis];
                if (fill_mode == "constant")
                {
                    var inside = ops.logical_and(at >= 0.0, at < size);
                    isInside = isInside is null ? inside : ops.logical_and(isInside, inside);
                }
                place = place * size + (fill_mode switch
                {
                    "wrap" => ops.mod(at, size),
                    "mirror" or "reflect" => Mirrored(at, size, fill_mode == "reflect" ? 1 : 0),
                    _ => ops.clip(at, 0.0, size - 1),
                });
            }
            var values = ops.take(rows, place, axis: 0);
            if (isInside is not null) values = ops.where(ops.expand_dims(isInside, -1), values, fill_value);
            if (weight is not null) values = ops.expand_dims(weight, -1) * values;
            sum = sum is null ? values : sum + values;
        }
        return sum!;

        // Keras mirrors at the edge behind the last element, but at the centre of the first one.
        Tensor Mirrored(Tensor at, double size, double less)
        {
            var within = ops.mod(ops.abs(at), 2 * size);
            return ops.where(within < size, within, 2 * size - within - less);
        }
    }
}
