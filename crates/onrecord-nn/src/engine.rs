//! Which instructions to use, decided once at run time.

use crate::Error;
#[cfg(target_arch = "x86_64")]
use crate::simd::{Avx2, Avx512};
use crate::simd::{Kernel, Portable};

/// A way of doing the arithmetic. All give the same bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Path {
    /// x86-64 with AVX-512 (F, BW, DQ, VL) and VNNI.
    Avx512Vnni,
    /// x86-64 with AVX2 and FMA.
    Avx2,
    /// Plain Rust, for every machine; slow on x86-64 without FMA at compile time.
    Portable,
}

impl Path {
    /// Every path, fastest first.
    pub const ALL: [Path; 3] = [Path::Avx512Vnni, Path::Avx2, Path::Portable];

    /// The fastest path this machine can run.
    #[must_use]
    pub fn best() -> Path {
        Path::ALL.into_iter().find(|path| path.available()).unwrap_or(Path::Portable)
    }

    /// Whether this machine can run the path.
    #[must_use]
    pub fn available(self) -> bool {
        match self {
            #[cfg(target_arch = "x86_64")]
            Path::Avx512Vnni => {
                is_x86_feature_detected!("avx512f")
                    && is_x86_feature_detected!("avx512bw")
                    && is_x86_feature_detected!("avx512dq")
                    && is_x86_feature_detected!("avx512vl")
                    && is_x86_feature_detected!("avx512vnni")
                    && is_x86_feature_detected!("avx2")
                    && is_x86_feature_detected!("fma")
            }
            #[cfg(target_arch = "x86_64")]
            Path::Avx2 => is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma"),
            #[cfg(not(target_arch = "x86_64"))]
            Path::Avx512Vnni | Path::Avx2 => false,
            Path::Portable => true,
        }
    }
}

/// A path this machine is known to have. Weights are packed for an engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Engine(Path);

impl Engine {
    /// The fastest engine of this machine.
    #[must_use]
    pub fn best() -> Engine {
        Engine(Path::best())
    }

    /// An engine that takes the given path.
    ///
    /// # Errors
    ///
    /// [`Error::Unsupported`] where the machine lacks the path.
    pub fn with(path: Path) -> Result<Engine, Error> {
        if path.available() { Ok(Engine(path)) } else { Err(Error::Unsupported(path)) }
    }

    /// The path taken.
    #[must_use]
    pub fn path(self) -> Path {
        self.0
    }

    /// Runs a kernel on this engine's path.
    pub(crate) fn run<K: Kernel>(self, kernel: K) -> K::Out {
        use crate::simd::Simd;
        match self.0 {
            #[cfg(target_arch = "x86_64")]
            // SAFETY: an `Engine` of this path exists only where the features were detected.
            Path::Avx512Vnni => unsafe { Avx512::new() }.run(kernel),
            #[cfg(target_arch = "x86_64")]
            // SAFETY: as above.
            Path::Avx2 => unsafe { Avx2::new() }.run(kernel),
            #[cfg(not(target_arch = "x86_64"))]
            Path::Avx512Vnni | Path::Avx2 => Portable.run(kernel),
            Path::Portable => Portable.run(kernel),
        }
    }
}
