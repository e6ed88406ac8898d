using System.Security.Cryptography;
using System.Text;

namespace ReleaseOps.Evidence;

/// <summary>How a page looks: light and dark, on a phone, on a wide screen, on paper. Fonts are the reader's own.</summary>
internal static class PageStyle
{
    // Text and marks keep a contrast of 4.5 to 1 or more on what is behind them (WCAG 2.2, 1.4.3), lines of plots 3 to 1 (1.4.11).
    public const string Text =
        """

        :root{color-scheme:light dark;--page:#fff;--card:#f5f7f9;--text:#161b22;--soft:#525d6b;--rule:#d5dbe2;--curve:#1859b8;--limit:#8a4b00;
        --go:#0b6430;--go-back:#e2f4e8;--hold:#7a4a00;--hold-back:#fff1d0;--nogo:#a11015;--nogo-back:#fde7e6;--care:#5b3fa0;--care-back:#eee9fb;--left:3.4rem;--right:1.1rem}
        @media (prefers-color-scheme:dark){:root{--page:#0f141a;--card:#171e27;--text:#e7ecf2;--soft:#a3afbd;--rule:#313b47;--curve:#74adff;--limit:#f0b35c;
        --go:#63d796;--go-back:#11301f;--hold:#f3bd55;--hold-back:#33270d;--nogo:#ff948a;--nogo-back:#3d1715;--care:#bda6ff;--care-back:#251d3d}}
        *{box-sizing:border-box}
        body{margin:0 auto;max-width:72rem;padding:1rem 1rem 3rem;background:var(--page);color:var(--text);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;
        font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
        h1{font-size:1.45rem;line-height:1.25;margin:0 0 1rem}
        h2{font-size:1.15rem;margin:2.2rem 0 .7rem}
        p{margin:.3rem 0}
        .what,.fine,.key,footer,figcaption span,dt{color:var(--soft);font-size:.875rem}
        .decision{border:2px solid;border-radius:.6rem;padding:.9rem 1.1rem;margin:0 0 1rem}
        .decision p{color:var(--text)}
        .decision .word{font-size:2.4rem;line-height:1.15;font-weight:750;margin:0;color:inherit}
        .decision .why{font-size:1.15rem;font-weight:600}
        .decision.open{border-style:dashed}
        .left{display:flex;gap:.7rem;align-items:center;flex-wrap:wrap}
        progress{width:min(16rem,100%);height:.7rem;accent-color:var(--curve)}
        .go{color:var(--go)}.hold{color:var(--hold)}.nogo{color:var(--nogo)}
        .decision.go,.mark.go{background:var(--go-back)}.decision.hold,.mark.hold{background:var(--hold-back)}.decision.nogo,.mark.nogo{background:var(--nogo-back)}
        .mark{white-space:nowrap;border-radius:.3rem;padding:.05rem .4rem;font-size:.85em;font-weight:650}
        .mark.plain{background:var(--rule)}
        dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(9rem,1fr));gap:.6rem 1.2rem;margin:0}
        dl.small{grid-template-columns:repeat(auto-fill,minmax(8.2rem,1fr));margin-top:.5rem}
        dd{margin:0}dd time{display:inline-block;white-space:normal}
        .cards{list-style:none;padding:0;margin:0;display:grid;gap:.6rem}
        .cards li{border:1px solid var(--rule);border-left:5px solid;border-radius:.4rem;background:var(--card);padding:.6rem .9rem}
        .cards p,.cards dl,.cards li>b:not(.mark){color:var(--text)}
        .cards .fine{color:var(--soft)}
        .scroll{overflow-x:auto;border:1px solid var(--rule);border-radius:.4rem}
        .scroll:focus-visible{outline:3px solid var(--curve);outline-offset:2px}
        table{border-collapse:collapse;width:100%;font-size:.875rem;overflow-wrap:normal}
        th,td{text-align:left;vertical-align:top;padding:.4rem .65rem;border-bottom:1px solid var(--rule)}
        thead th{background:var(--card);color:var(--soft);font-size:.75rem;letter-spacing:.03em;white-space:nowrap}
        tbody th{font-weight:600;position:sticky;left:0;background:var(--page)}
        tbody tr:last-child>*{border-bottom:0}
        time{white-space:nowrap}
        td,tbody th{white-space:nowrap}.text,.long,.times{white-space:normal;overflow-wrap:anywhere}.text{min-width:11rem}.long{min-width:18rem}
        td,tbody th{max-width:30rem}
        .key{margin-bottom:.8rem}
        figure{margin:0 0 1.1rem}
        figcaption{margin-bottom:.1rem}
        .plot{display:block;overflow:visible;height:190px;width:calc(100% - var(--left) - var(--right));margin-left:var(--left);font-size:11px;fill:var(--soft)}
        .plot[height]{height:auto}
        .grid{stroke:var(--rule);stroke-width:1}
        .curve{fill:var(--curve);fill-opacity:.28;stroke:var(--curve);stroke-width:1.5;stroke-linejoin:round;stroke-linecap:round;vector-effect:non-scaling-stroke}
        .curve.line{fill:none}
        .blind{font-size:14px;font-weight:650;fill:var(--hold)}figcaption .blind{font-size:.875rem;color:var(--hold)}
        .limit{stroke:var(--limit);stroke-width:1.25;stroke-dasharray:6 4}
        .label{fill:var(--limit)}
        .end{text-anchor:end}.middle{text-anchor:middle}
        .middle.go,.go{fill:var(--go)}.hold{fill:var(--hold)}.nogo{fill:var(--nogo)}
        .band.incident,.bar.incident{fill:var(--nogo)}.band.gap,.bar.gap{fill:var(--soft)}.band.maintenance,.bar.maintenance{fill:var(--care)}
        .band{fill-opacity:.1}.band.gap{fill-opacity:.24}
        .edge{stroke-width:1}.edge.incident{stroke:var(--nogo)}.edge.gap{stroke:var(--soft);stroke-dasharray:2 2}.edge.maintenance{stroke:var(--care);stroke-dasharray:5 2}
        .name{font-weight:650;fill:var(--nogo)}
        .limits{list-style:none;margin:.1rem 0 0;padding:0 0 0 var(--left);display:flex;flex-wrap:wrap;gap:.1rem .9rem;font-size:.75rem;color:var(--limit)}
        .swatch{display:inline-block;padding:0 .45rem;border:1px solid;border-radius:.2rem;color:var(--text)}
        .swatch.incident{border-color:var(--nogo);background:var(--nogo-back)}.swatch.gap{border:1px dashed var(--soft);background:var(--rule)}
        .swatch.maintenance{border:1px dashed var(--care);background:var(--care-back)}
        .wide{display:none}
        footer{margin-top:2.5rem;border-top:1px solid var(--rule);padding-top:.8rem}
        @media (min-width:46rem){:root{--right:12.5rem}body{padding:1.6rem 2rem 4rem}h1{font-size:1.8rem}.decision .word{font-size:3rem}.wide{display:inline}dl{grid-template-columns:repeat(auto-fill,minmax(13rem,1fr))}dl.small{grid-template-columns:repeat(4,1fr)}.narrow,.limits{display:none}}
        @media print{:root{--page:#fff;--card:#fff;--text:#000;--soft:#444;--rule:#bbb;--curve:#1859b8;--limit:#8a4b00;--go:#0b6430;--go-back:#fff;--hold:#7a4a00;--hold-back:#fff;
        --nogo:#a11015;--nogo-back:#fff;--care:#5b3fa0;--care-back:#fff}body{max-width:none;padding:0;font-size:11pt}figure,li,tr{break-inside:avoid}h2{break-after:avoid}
        .scroll{overflow:visible;border:0}table{font-size:7.5pt}th,td{padding:.15rem .25rem;overflow-wrap:anywhere}thead th,td,tbody th{white-space:normal;position:static}.text,.long{min-width:0}.mark,time{white-space:normal}}

        """;

    /// <summary>What the page's Content-Security-Policy allows this style by.</summary>
    public static string Hash { get; } = "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));
}
